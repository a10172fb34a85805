import * as fc from 'fast-check';
import { internationalPhone, phoneKeys, writtenEnd } from '../../../core';

const digits = (count: number) =>
	fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''));

describe('phones', () => {
	it('are the same number however they are written', () => {
		const forms = (key: string): string[] => {
			const [area, rest] = [key.slice(0, 3), key.slice(3)];
			return [
				key,
				`+7${key}`,
				`8${key}`,
				`+7 (${area}) ${rest.slice(0, 3)}-${rest.slice(3, 5)}-${rest.slice(5)}`,
				`8-${area}-${rest}`,
				`тел. +7 ${area} ${rest}`,
			];
		};
		fc.assert(fc.property(digits(10), (key) => forms(key).forEach((form) => expect(phoneKeys(form)).toEqual([key]))));
	});

	it('may be several in one field', () =>
		expect(phoneKeys('+7 916 123-45-67, 8 (495) 765-43-21; 123')).toEqual(['9161234567', '4957654321']));

	it.each(['тел. 9161234567 доб. 12', '+7 916 123 45 67 ext 8', ' +7\u00a0916\u00a0123-45-67 '])(
		'%s has its number without the extension',
		(text) => expect(phoneKeys(text)).toEqual(['9161234567']),
	);

	it.each([null, undefined, '', '02', '123-45-67', 'нет'])('%p is none that could be told from others', (text) =>
		expect(phoneKeys(text)).toEqual([]),
	);

	it.each([
		['+375 29 123-45-67', '+375291234567'],
		['375291234567', '+375291234567'],
		['8 10 375 29 123-45-67', '+375291234567'],
		['00 49 30 1234567', '+49301234567'],
		['+86 10 1234 5678', '+861012345678'],
	])('%s keeps the code of its country: %s', (text, key) => expect(phoneKeys(text)).toEqual([key]));

	it('a foreign number is never a Russian one, though its last ten digits are', () => {
		const country = fc.constantFrom('375', '380', '998', '49', '1', '44', '86');
		fc.assert(fc.property(country, digits(10), (code, key) => expect(phoneKeys(`+${code} ${key}`)).not.toContain(key)));
	});

	it.each([
		['8 495 765-43-21 (123)', ['4957654321']],
		['8 495 765-43-21 #123', ['4957654321']],
		['+7 8 916 123-45-67', ['9161234567']],
		['+8 916 123-45-67', ['9161234567']],
		['8 916 123 45 67 8 903 765 43 21', ['9161234567', '9037654321']],
		['+79161234567+79037654321', ['9161234567', '9037654321']],
		['раб. 8 495 765-43-21\nмоб. 8 916 123-45-67', ['4957654321', '9161234567']],
		['1234567890123456', []],
	])('%s → %j', (text, keys) => expect(phoneKeys(text)).toEqual(keys));

	it.each([
		['8 (916) 123-45-67', '+79161234567'],
		['7 916 1234567', '+79161234567'],
		['9161234567', '+79161234567'],
		['+375 29 123-45-67', '+375 29 123-45-67'],
		['4951234567', '4951234567'],
		['+86 10 1234 5678', '+86 10 1234 5678'],
		['спросить Анну', 'спросить Анну'],
	])('%s is kept as %s', (text, expected) => expect(internationalPhone(text)).toBe(expected));

	it('shows how people write the end of a number', () => expect(writtenEnd('9161234567')).toBe('123-45-67'));
});
