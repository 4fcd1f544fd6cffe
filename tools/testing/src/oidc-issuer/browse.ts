/** What a person fills in on the issuer's page. */
export interface Person {
  readonly email: string;
  readonly password: string;
  /** Chosen where the page asks for a password of one's own. */
  readonly newPassword?: string;
}

export interface Visited {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

const STEPS_MAX = 20;

/**
 * A browser, as far as signing in needs one: keeps cookies, follows redirects by hand, fills in the issuer's form. Ends
 * at the first page that is no redirect and has no form, which is where the person is told how it went.
 */
export async function browse(start: string, person: Person): Promise<Visited> {
  const cookies = new Map<string, string>();
  let url = start;
  let body: URLSearchParams | null = null;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const answer: Response = await fetch(url, {
      method: body === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === null ? {} : { body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const text = await answer.text();
    const next = answer.headers.get('location');
    if (next !== null) {
      url = new URL(next, url).href;
      body = null;
    } else if (answer.status === 200 && text.includes('<form')) {
      body = new URLSearchParams({ email: person.email, password: person.password });
      if (text.includes('name="new_password"')) body.set('new_password', person.newPassword ?? '');
    } else {
      return { url, status: answer.status, text };
    }
  }
  throw new Error(`No end after ${STEPS_MAX} pages; the last was ${url}`);
}
