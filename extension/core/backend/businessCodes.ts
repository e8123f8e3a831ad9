import type { BackendErrorKind } from './backendError.ts';

/** What a business code of the hosted API means for us. */
export interface BusinessCode {
  readonly kind: BackendErrorKind;
  readonly retryable: boolean;
}

const group = (kind: BackendErrorKind, retryable: boolean, codes: readonly string[]): [string, BusinessCode][] =>
  codes.map((code) => [code, { kind, retryable }]);

/**
 * The business codes of the hosted API (glm-protocol.md 1.5). Codes are matched, never messages:
 * the same code comes with Chinese text from one host and English text from the other.
 */
export const businessCodes: ReadonlyMap<string, BusinessCode> = new Map([
  ...group('authentication', false, ['1000', '1001', '1002', '1003', '1004']),
  ...group('account', false, ['1110', '1111', '1112', '1121', '1220']),
  ...group('balance', false, ['1113']),
  ...group('server', true, ['500', '1100', '1120', '1230', '1231', '1234']),
  ...group('model', false, ['1211', '1212', '1221']),
  ...group('not-a-model-server', false, ['1222']),
  ...group('request', false, ['1200', '1210', '1213', '1214', '1215']),
  ...group('overflow', false, ['1261']),
  ...group('moderation', false, ['1300', '1301']),
  ...group('rate-limit', true, ['1302', '1303']),
  ...group('overloaded', true, ['1305', '1312']),
  ...group('limit', false, ['1304', '1308', '1310']),
  ...group('plan-expired', false, ['1309']),
  ...group('plan-model', false, ['1311']),
  ...group('fair-use', false, ['1313']),
]);
