import type { ErrorCode } from '../errors';

/** What is wrong with a certificate, by the codes of Node and OpenSSL. */
const FAULTS: ReadonlyArray<readonly [reasons: RegExp, code: ErrorCode]> = [
	[/CERT_HAS_EXPIRED/, 'CHECK_CERTIFICATE_EXPIRED'],
	[/ALTNAME_INVALID|HOSTNAME_MISMATCH/, 'CHECK_CERTIFICATE_NAME'],
	[/SELF_SIGNED_CERT/, 'CHECK_CERTIFICATE_SELF_SIGNED'],
	[/UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/, 'CHECK_CERTIFICATE_CHAIN'],
];

/**
 * The code of the finding for a certificate that was refused; CHECK_CERTIFICATE for a reason that is not known here.
 * @param reason as in the error CONNECTION_TLS
 */
export const certificateFault = (reason: string): ErrorCode => FAULTS.find(([reasons]) => reasons.test(reason))?.[1] ?? 'CHECK_CERTIFICATE';
