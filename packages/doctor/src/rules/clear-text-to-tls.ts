import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const clearTextToTlsRule: Rule = {
  id: 'clear-text-to-tls',
  causes: [44],
  title: 'A store that speaks only TLS is spoken to in clear',
  explanation:
    'A cache with encryption in transit (and a database that demands TLS) waits for a TLS handshake; a client that begins in clear waits for an answer. Neither says anything: it hangs until a time-out. redis:// has to be rediss://.',
  page: PAGES.cacheTls,
  check: (examination) => {
    const { snapshot } = examination;
    return [...examination.needs.values()].flat().flatMap((need) => {
      const database = snapshot.databases.find(({ id }) => id === need.target_id);
      if (database?.tls !== 'required') return [];
      const fn = examination.index.functions.get(need.function_id);
      const off = Object.entries(fn?.environment ?? {}).find(
        ([name, value]) =>
          /^(.*_)?(TLS|SSL|USE_SSL|USE_TLS|SSLMODE|SSL_MODE|PGSSLMODE)(_ENABLED)?$/i.test(name) &&
          /^(false|0|no|off|disable|disabled)$/i.test(value ?? ''),
      );
      const variable = need.clear_text ?? off?.[0];
      if (!variable || !fn) return [];
      return [
        makeFinding(examination, clearTextToTlsRule, {
          severity: 'error',
          message: `${fn.name} speaks to ${database.id} in clear (${variable}), and it takes TLS only: the connection hangs.`,
          resources: [fn.id, database.id],
          functions: [fn.name],
          destination: `${need.host}:${need.port}`,
          evidence: [`${variable} of ${fn.name}`, `${database.id} demands TLS`],
          fix: {
            command: `aws lambda update-function-configuration --function-name ${fn.name} --environment 'Variables={${variable}=rediss://…}'`,
            change: `Use rediss:// (or sslmode=require) in ${variable} of ${fn.id}.`,
          },
          verify: verifyCommand(snapshot, [fn]),
        }),
      ];
    });
  },
};
