import { isCheckString } from '../../../nodes/MoySklad/webhooks/checkString';

const credential = (checkSecret?: string, previousCheckSecret?: string) => ({
	authentication: 'token' as const,
	checkSecret,
	previousCheckSecret,
});

describe('A check string', () => {
	it.each([
		['new', 'new', 'old', true],
		['old', 'new', 'old', true],
		['old', 'new', '', false],
		['new', ' new ', undefined, true],
		['ne', 'new', 'old', false],
	])('“%s” for “%s” and before “%s”: %s', (given, secret, previous, expected) => {
		expect(isCheckString(given, credential(secret, previous))).toBe(expected);
	});

	it('that nobody has set opens nothing', () => {
		for (const unset of [undefined, '', '  ']) expect(isCheckString('', credential(unset, unset))).toBe(false);
	});
});
