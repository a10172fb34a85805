import type { MoySkladCredential } from '../../shared/moySklad';
import { isSameText } from '../../shared/webhooks/sameText';

/**
 * Whether a string is the credential's check string or the previous one. It takes the same time whatever the string is,
 * so that nobody can find the right one by trying and measuring: both are compared, as digests of one length.
 */
export function isCheckString(given: string, { checkSecret, previousCheckSecret }: MoySkladCredential): boolean {
	const matches = [checkSecret, previousCheckSecret].map((secret) => {
		const known = secret?.trim() ?? '';
		const equal = isSameText(given, known);
		return equal && known !== '';
	});
	return matches.includes(true);
}
