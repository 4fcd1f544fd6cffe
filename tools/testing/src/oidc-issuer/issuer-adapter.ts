import type { Adapter, AdapterPayload } from 'oidc-provider';

export interface IssuerClient {
  readonly client_id: string;
  readonly redirect_uris: readonly string[];
  /** `web`: redirects are compared exactly, as Cognito compares them; `native`: any port of the loopback (RFC 8252). */
  readonly application_type: 'web' | 'native';
  readonly grant_types: readonly string[];
}

type FindClient = (clientId: string) => Promise<IssuerClient | null>;

interface Entry {
  payload: AdapterPayload;
  readonly ends_at: number;
}

/** What the issuer keeps, in memory; its clients are looked up when they come, as they may be made while it runs. */
export function issuerAdapter(findClient: FindClient): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const alive = (key: string) => {
    const entry = entries.get(key);
    return entry && entry.ends_at > Date.now() ? entry : undefined;
  };
  const byField = (model: string, field: 'uid' | 'userCode', value: string) =>
    [...entries].find(([key, { payload }]) => key.startsWith(`${model}:`) && payload[field] === value)?.[1].payload;
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      entries.set(`${model}:${id}`, { payload, ends_at: Date.now() + (expiresIn ?? 3_600) * 1_000 });
    },
    async find(id) {
      if (model !== 'Client') return alive(`${model}:${id}`)?.payload;
      const client = await findClient(id);
      if (client === null) return undefined;
      return {
        ...client,
        redirect_uris: [...client.redirect_uris],
        grant_types: [...client.grant_types],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      };
    },
    findByUserCode: async (code) => byField(model, 'userCode', code),
    findByUid: async (uid) => byField(model, 'uid', uid),
    async consume(id) {
      const entry = alive(`${model}:${id}`);
      if (entry) entry.payload = { ...entry.payload, consumed: Math.floor(Date.now() / 1_000) };
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  });
}
