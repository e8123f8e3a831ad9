import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { redact } from '../../../extension/core/repository/secrets/redact.ts';
import { createSecretGate } from '../../../extension/core/repository/secrets/secretGate.ts';

// Every value is made here from parts: nothing in this file may itself look like a secret.
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alnum = upper + lower + digits;
const hexDigits = `${digits}abcdef`;

let state = 20260729;
/** Random characters of an alphabet, the same at every run. */
function random(length: number, alphabet = alnum): string {
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length];
  }
  return text;
}
const hex = (length: number): string => random(length, hexDigits);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const lines = (text: string, width = 64): string => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
const jwt = [JSON.stringify({ alg: 'HS256', typ: 'JWT' }), JSON.stringify({ sub: random(12) })]
  .map((part) => Buffer.from(part).toString('base64url'))
  .concat(random(43))
  .join('.');
const pem = (label: string, body = `MII${random(400)}`): string =>
  `-----BEGIN ${label}-----\n${lines(body)}\n-----END ${label}-----`;

const account = (id: string): object => ({ private_key_id: id, private_key: pem('PRIVATE KEY') });

const gate = createSecretGate();

/** Asserts that the values are found in a file and that what is left shows at most six characters of each in a row. */
async function hides(path: string, text: string, values: readonly string[], kind?: RegExp): Promise<void> {
  const findings = await gate.scan(path, text);
  assert.ok(findings.length > 0, `nothing found in ${path}`);
  if (kind)
    assert.ok(
      findings.some((finding) => kind.test(finding.kind)),
      findings.map((f) => f.kind).join(),
    );
  const left = redact(text, findings);
  for (const value of values) {
    for (let at = 0; at + 7 <= value.length; at++) {
      const part = value.slice(at, at + 7);
      assert.ok(!left.includes(part), `${path}: character ${at} of a ${findings[0]?.kind} is left`);
    }
    for (const finding of findings) assert.ok(!finding.kind.includes(value));
  }
  assert.equal(left.split('\n').length, text.split('\n').length);
}

/** One sample for each rule of the preset, by the end of its id. */
const presetSamples: Record<string, () => string> = {
  aws: () => `aws_secret_access_key=${random(40)}`,
  gcp: () => JSON.stringify(account(hex(40))),
  privatekey: () => pem('RSA PRIVATE KEY'),
  npm: () => `npm_${random(36)}`,
  basicauth: () => `https://deploy:${random(20)}@git.acme.com/x`,
  slack: () => `xoxb-${random(12, digits)}-${random(12, digits)}-${random(24)}`,
  sendgrid: () => `SG.${random(22)}.${random(43)}`,
  shopify: () => `shpat_${hex(32)}`,
  stripe: () => `sk_live_${random(24)}`,
  github: () => `ghp_${random(36)}`,
  gitlab: () => `glpat-${random(20)}`,
  grafana: () => `glsa_${random(32)}_${hex(8)}`,
  openai: () => `sk-${random(20)}${'T3Blbk'}FJ${random(20)}`,
  anthropic: () => `sk-ant-api03-${random(93)}AA`,
  groq: () => `gsk_${random(52)}`,
  huggingface: () => `hf_${random(34, upper + lower)}`,
  linear: () => `lin_api_${random(40)}`,
  notion: () => `ntn_${random(11, digits)}${random(35)}`,
  '1password': () => {
    const json = JSON.stringify({ email: 'x@acme.com', secretKey: random(30), muk: { k: random(60) } });
    return `ops_${base64(`{"a":1,${' '.repeat((4 + 3 * 99 - json.length - 6) % 3)}${json.slice(1)}`)}`;
  },
  'database-connection-string': () => `postgres://app:${random(20)}@db.acme.com/shop`,
  'hashicorp-vault': () => `hvs.${random(95)}`,
  vercel: () => `vcp_${random(24)}`,
  databricks: () => `dapi${hex(32)}`,
  docker: () => `dckr_pat_${random(27)}`,
  figma: () => `figd_${random(40)}`,
  cloudflare: () => `cfut_${random(40)}${hex(8)}`,
  tailscale: () => `tskey-auth-${random(12)}-${random(32)}`,
};

describe('the preset behind the gate', () => {
  for (const rule of rules) {
    const name = rule.meta.id.replace('@secretlint/secretlint-rule-', '');
    if (name === 'filter-comments') continue;
    it(`${name} finds its sample`, async () => {
      const sample = presetSamples[name]?.();
      assert.ok(sample, `no sample for a new rule of the preset: ${name}`);
      // The rule itself first: else the sample would prove nothing about the words that make the preset run.
      let reported = 0;
      const text = name === 'gcp' ? sample : `a = "${sample}"\n`;
      const handler = rule.create(
        {
          sharedOptions: {},
          createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
          report: () => reported++,
          ignore: () => {},
        },
        {},
      );
      await handler.file?.({ content: text, filePath: 'a.json', ext: '.json' } as Parameters<
        NonNullable<typeof handler.file>
      >[0]);
      assert.ok(reported > 0, 'the rule does not know its sample');
      await hides('a.json', text, name === 'gcp' ? [] : [sample.replace(/^\w+:\/\/\w+:|@.*$|^aws\w+=/g, '')]);
    });
  }

  it('hides the whole of a service account, whatever else stands in it', async () => {
    const id = hex(40);
    const text = JSON.stringify({ file: 'a.json', url: `https://me:${random(12)}@a.com`, ...account(id) }, null, 2);
    await hides('a.json', text, [id], /Google Cloud/);
  });

  it('is not switched off by a comment', async () => {
    const value = `ghp_${random(36)}`;
    await hides('a.ts', `// secretlint-disable\nconst t = '${value}'; // secretlint-disable-line\n`, [value], /GitHub/);
  });

  it('hides the whole value where a rule reports a shifted span', async () => {
    const value = random(40, `${alnum}/+`);
    await hides('a.ini', `[default]\naws_secret_access_key = ${value}\n`, [value], /AWS/);
    const token = random(36, hexDigits);
    await hides('.npmrc', `//packages.acme.test/:_authToken=${token}\n`, [token]);
  });
});

const inFiles: readonly [
  what: string,
  path: string,
  value: () => string,
  text: (value: string) => string,
  kind: RegExp,
][] = [
  ['BigModel', 'a.py', () => `${hex(32)}.${random(16)}`, (v) => `client = ZhipuAI(api_key="${v}")\n`, /BigModel/],
  ['Stripe', 'pay.ts', () => `rk_live_${random(40)}`, (v) => `new Stripe('${v}');\n`, /Stripe/],
  ['a Stripe webhook', 'pay.ts', () => `whsec_${random(32)}`, (v) => `verify(body, '${v}');\n`, /Stripe/],
  ['a Google key', 'map.ts', () => `AIza${random(35)}`, (v) => `load({ key: '${v}' });\n`, /Google/],
  ['a Google secret', 'a.json', () => `GOCSPX-${random(28)}`, (v) => `{ "x": "${v}" }\n`, /Google/],
  ['a JWT', 'a.ts', () => jwt, (v) => `const session =\n  '${v}';\n`, /JWT/],
  ['a JWT behind \\n', 'a.json', () => jwt, (v) => `{ "log": "got\\n${v}\\n" }\n`, /JWT/],
  ['a Twilio key', 'a.py', () => `SK${hex(32)}`, (v) => `Client("${v}")\n`, /Twilio/],
  ['a Twilio token', 'a.py', () => hex(32), (v) => `Client("AC${hex(32)}", "${v}")\n`, /Twilio/],
  ['an Azure key', 'a.cs', () => `${random(86)}==`, (v) => `"AccountName=shop;AccountKey=${v};Suffix=x"\n`, /Azure/],
  ['Telegram', 'bot.py', () => `${random(9, '123456789')}:AA${random(33)}`, (v) => `Bot("${v}")\n`, /Telegram/],
  [
    'Discord',
    'bot.js',
    () => `${base64(random(18, '123456789'))}.${random(6)}.${random(38)}`,
    (v) => `client.login('${v}');\n`,
    /Discord/,
  ],
  ['GitLab', 'ci.yaml', () => `glrt-${random(20)}`, (v) => `run: curl -H "X: ${v}"\n`, /GitLab/],
  ['PyPI', 'a.sh', () => `pypi-AgEI${random(80)}`, (v) => `twine upload -u __token__ -p ${v}\n`, /PyPI/],
  ['Hugging Face', 'a.py', () => `hf_${random(34)}`, (v) => `login("${v}")\n`, /Hugging/],
  ['DigitalOcean', 'a.sh', () => `dop_v1_${hex(64)}`, (v) => `doctl auth init -t ${v}\n`, /DigitalOcean/],
  ['Mailgun', 'a.rb', () => `key-${hex(32)}`, (v) => `Mailgun::Client.new '${v}'\n`, /Mailgun/],
  ['Alibaba Cloud', 'a.go', () => `LTAI${random(20)}`, (v) => `NewClient("cn", "${v}")\n`, /Alibaba/],
  ['an sk- key', 'a.py', () => `sk-${hex(32)}`, (v) => `llm = Chat("${v}")\n`, /OpenAI/],
  ['netrc', 'setup.sh', () => random(14), (v) => `echo "machine a.com login me password ${v}" > x\n`, /netrc/],
  ['Bearer', 'a.sh', () => random(40), (v) => `curl -H "Authorization: Bearer ${v}" https://a.com\n`, /header/],
  ['Basic', 'a.http', () => base64(`me:${random(12)}`), (v) => `Authorization: Basic ${v}\n`, /header/],
  ['a key header', 'a.sh', () => random(32), (v) => `curl -H 'X-Api-Key: ${v}' https://a.com\n`, /header/],
  ['a URL', 'compose.yaml', () => random(12), (v) => `url: amqp://shop:${v}@queue:5672/\n`, /URL/],
  ['a URL without user', 'a.toml', () => random(12), (v) => `url = "redis://:${v}@cache:6379"\n`, /URL/],
  ['a query', 'a.ts', () => random(32), (v) => `fetch(\`https://a.com/x?access_token=\${id}&key=${v}\`);\n`, /URL/],
  [
    'a connection string',
    'a.json',
    () => 'Tr33house!9',
    (v) => `{"db":"Server=x;Uid=a;Password=${v};"}\n`,
    /connection/,
  ],
  ['.env', '.env', () => random(24), (v) => `A=1\nexport DB_PASSWORD=${v} # live\nB=2\n`, /password or key/],
  ['YAML', 'a.yml', () => hex(32), (v) => `api:\n  secret_key: ${v}\n  port: 80\n`, /password or key/],
  ['Kubernetes', 'a.yaml', () => random(24), (v) => `- name: SMTP_PASSWORD\n  value: ${v}\n`, /password or key/],
  ['JSON', 'a.json', () => random(24), (v) => `{ "clientSecret": "${v}" }\n`, /password or key/],
  ['Dockerfile', 'Dockerfile', () => random(24), (v) => `FROM a\nENV API_TOKEN ${v}\nRUN b\n`, /password or key/],
  ['shell', 'a.sh', () => random(24), (v) => `export AUTH_TOKEN=${v}\n`, /password or key/],
  ['properties', 'a.properties', () => random(24), (v) => `spring.password=${v}\n`, /password or key/],
  ['typed TypeScript', 'a.ts', () => random(24), (v) => `const token: string =\n  '${v}';\n`, /password or key/],
  ['Go', 'a.go', () => random(24), (v) => `var apiKey string = "${v}"\n`, /password or key/],
  ['Rust', 'a.rs', () => random(24), (v) => `const API_KEY: &str = "${v}";\n`, /password or key/],
  ['C', 'a.h', () => random(24), (v) => `#define API_KEY "${v}"\n`, /password or key/],
  ['PHP', 'a.php', () => random(24), (v) => `$config['password'] = '${v}';\n`, /password or key/],
  ['a fallback', 'a.py', () => random(24), (v) => `k = os.environ.get("API_KEY", "${v}")\n`, /password or key/],
  ['a setter', 'A.java', () => random(24), (v) => `source.setPassword("${v}");\n`, /password or key/],
  ['XML', 'a.xml', () => random(24), (v) => `<server><password>${v}</password></server>\n`, /password or key/],
  ['app settings', 'a.config', () => random(24), (v) => `<add key="ApiKey" value="${v}"/>\n`, /password or key/],
  ['Chinese', 'a.py', () => random(24), (v) => `配置 = {"数据库密码": "${v}"}\n`, /password or key/],
];

describe('secrets in files', () => {
  for (const [what, path, value, text, kind] of inFiles) {
    it(`${what} in ${path}`, async () => {
      const secret = value();
      await hides(path, text(secret), [secret], kind);
    });
  }

  const body = `MII${random(300)}`;
  for (const label of ['RSA', 'EC', 'OPENSSH', 'ENCRYPTED', 'PGP'].map((name) => `${name} PRIVATE KEY`)) {
    const full = label.startsWith('PGP') ? `${label} BLOCK` : label;
    it(`a block of ${full}`, () =>
      hides('a.ts', `x = \`${pem(full, body)}\`;\ny();\n`, body.match(/.{20}/g) ?? [], /private/));
  }

  it('a block with headers, indented and quoted', async () => {
    const parts = lines(body).split('\n');
    const text = [
      'KEY = (',
      "    '-----BEGIN RSA PRIVATE KEY-----\\n'",
      "    'Proc-Type: 4,ENCRYPTED\\n'",
      ...parts.map((part) => `    '${part}\\n'`),
      "    '-----END RSA PRIVATE KEY-----\\n'",
      ')',
      'print(KEY)',
      '',
    ].join('\n');
    await hides('a.py', text, parts, /private/);
    assert.match(redact(text, await gate.scan('a.py', text)), /print\(KEY\)/);
  });

  it('a block in one escaped line', () =>
    hides('a.json', JSON.stringify({ key: pem('PRIVATE KEY', body) }), body.match(/.{20}/g) ?? [], /private/));

  it('a block without its end, to the last line of base64', async () => {
    const text = `${pem('PRIVATE KEY', body).replace(/\n-----END.*/, '')}\n\nfunction after() {}\n`;
    await hides('a.txt', text, body.match(/.{20}/g) ?? [], /private/);
    assert.match(redact(text, await gate.scan('a.txt', text)), /function after/);
  });
});

const harmless: readonly (readonly [path: string, line: string])[] = [
  ['.env.example', 'API_KEY=your-api-key-goes-here-123'],
  ['.env', 'API_TOKEN=changeme-Please-1234'],
  ['.env', ['API_TOKEN=$', '{VAULT_TOKEN_V2}'].join('')],
  ['a.yaml', 'password: "{{ .Values.db2.password }}"'],
  ['a.yaml', 'secret: xxxxxxxxXXXXxxxx1234'],
  ['a.yaml', 'token: <paste-Token-1-here>'],
  ['a.yaml', 'password: aaaaaaaaaaaaaaaa'],
  ['a.yaml', 'secretName: shop-tls-cert-v2-prod1'],
  ['a.yaml', 'password: ENC[AES256_GCM,data:abc]'],
  ['a.ts', 'const token = process.env.API_TOKEN_V2;'],
  ['a.ts', "const tokenType = 'parameter.type.v2';"],
  ['a.ts', "{ token: 'keyword.operator.ts2', foreground: 'C586C0' }"],
  ['a.ts', "passwordLabel: 'settings.account.password2.label',"],
  ['a.ts', "const secret = 'src/auth/secretStore2.ts';"],
  ['a.ts', "const credential = './fixtures/Credential2.json';"],
  ['a.ts', "const auth = 'https://login.acme.com/oauth2/v2.0/token';"],
  ['a.ts', "const password = generatePassword2('abc');"],
  ['a.ts', "const token = 'cancellationTokenSource2';"],
  ['a.ts', "const passwordHashAlgorithm = 'PBKDF2-HMAC-SHA256';"],
  ['a.ts', "const auth = 'scram-sha-256';"],
  ['a.ts', "const proxy = 'http://user:pass@proxy.example.com:8080';"],
  ['a.ts', ['const proxy = `http://$', '{user}:$', '{password}@host`;'].join('')],
  ['a.ts', "if (text.includes('-----BEGIN PRIVATE KEY-----')) throw new Error('a key');"],
  ['a.ts', '// -----BEGIN RSA PRIVATE KEY-----\n// ...\n// -----END RSA PRIVATE KEY-----'],
  ['a.html', `<script integrity="sha384-${base64('x'.repeat(10) + alnum.slice(0, 38))}"></script>`],
  ['a.json', `"resolved": "https://a.com/x.tgz", "integrity": "sha512-${base64(alnum + digits)}"`],
  ['a.cs', 'Assembly("x, Version=4.0.0.0, PublicKeyToken=b77a5c561934e089")'],
  ['a.md', 'Set `Authorization: Bearer <your token>` on each request.'],
  ['a.md', 'Account: 1234-5678-9012'],
  ['a.py', 'import_token = "2024-01-01T00:00:00Z"'],
  ['a.sol', "token: '0x2dc3685cA34163952CF4A5395b0039c00DFa851D',"],
  ['a.css', `.a { background: url(data:image/png;base64,${base64(alnum)}) }`],
  ['a.ts', `export const commit = '${'d41d8cd98f00b204'}e9800998ecf8427e';`],
  ['a.ts', `import('./chunk.${'d41d8cd98f00b204'}e9800998ecf8427e.js')`],
];

describe('look-alikes', () => {
  for (const [path, line] of harmless) {
    it(line.slice(0, 70), async () => assert.deepEqual(await gate.scan(path, `${line}\n`), []));
  }
});

describe('redact', () => {
  it('merges spans that overlap or touch, and keeps line breaks', () => {
    const text = 'a SECRET\r\nSECRET b\nc XY d\n';
    const finding = (start: number, end: number) => ({ kind: 'x', start, end });
    assert.equal(
      redact(text, [finding(21, 22), finding(2, 9), finding(5, 16), finding(22, 23)]),
      'a [secret removed]\r\n b\nc [secret removed] d\n',
    );
    assert.equal(redact(text, []), text);
  });
});

describe('the gate', () => {
  it('reads a megabyte of anything', { timeout: 60_000 }, async () => {
    const parts = [
      'a',
      '0',
      ' ',
      '-----BEGIN ',
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----\n',
      `-----BEGIN PRIVATE KEY-----\n${'+'.repeat(15_000)}!\n`,
      `-----BEGIN PRIVATE KEY-----\n${'/'.repeat(15_000)}!\n`,
      `-----BEGIN PRIVATE KEY-----\n${' "'.repeat(7_000)}!\n`,
      `token${' '.repeat(90)}`,
      'token+',
      'eyJ',
      'eyJ.',
      'eyJ-',
      'password=',
      'password="',
      'password ',
      'token\n',
      '://a:',
      'https://',
      'machine a login ',
      'Bearer ',
      'authorization: ',
      'ghs_1_',
      'SG.a.a',
      'xoxb-',
      'AKIAAAAAAAAAAAAAAAAA ',
      'name: token\n',
      '<password ',
      'AC',
      'M',
      '?key=',
      ';pwd=',
      'sig=a%2B',
      '"',
    ];
    for (const part of parts) {
      const text = part.repeat(Math.ceil(2 ** 20 / part.length));
      for (const path of ['a.yaml', 'a.config']) await gate.scan(path, text);
    }
  });

  it('rejects where a rule fails', async () => {
    await assert.rejects(gate.scan('a.ts', undefined as unknown as string));
  });

  it('counts from the first character, a byte order mark included', async () => {
    const value = `ghp_${random(36)}`;
    const [finding] = await gate.scan('a.ts', `\uFEFF😀 ${value}`);
    assert.deepEqual([finding?.start, finding?.end], [4, 44]);
  });
});
