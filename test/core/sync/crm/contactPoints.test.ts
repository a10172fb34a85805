import * as fc from 'fast-check';
import { emailsIn, lackingPoints, phonesIn, readContactPoints } from '../../../../core';

const point = (value: string) => ({ value, type: 'WORK' });

describe('phones and e-mails', () => {
	it('are read from the list of a record', () => {
		expect(readContactPoints([{ ID: '5', VALUE: '+7 916 123-45-67', VALUE_TYPE: 'MOBILE' }, { ID: '6', VALUE: '' }])).toEqual([{ value: '+7 916 123-45-67', type: 'MOBILE' }]);
		for (const nothing of [undefined, null, '', [], 'x', [null, 5]]) expect(readContactPoints(nothing)).toEqual([]);
	});

	it('are found in a free text', () => {
		expect(phonesIn('8 (916) 123-45-67, +7 495 765-43-21; нет').map(({ value }) => value)).toEqual(['+79161234567', '+74957654321']);
		expect(phonesIn('доб. 12').map(({ value }) => value)).toEqual([]);
		expect(emailsIn('a@b.ru, кривой@, C@D.com').map(({ value }) => value)).toEqual(['a@b.ru', 'C@D.com']);
	});

	it.each([['+7 (916) 123-45-67', '89161234567'], ['9161234567', '+79161234567'], ['8-916-123-45-67', '8 916 1234567']])('%s is there as %s', (ours, theirs) => {
		expect(lackingPoints('phone', [point(ours)], [point(theirs)])).toEqual([]);
	});

	it('an e-mail is there in another case', () => expect(lackingPoints('email', [point('A@B.ru')], [point('a@b.RU ')])).toEqual([]));

	it('a number that ends alike is another one', () => expect(lackingPoints('phone', [point('+79161234567')], [point('+79171234567')])).toHaveLength(1));

	it('a short number of its own is added once', () => {
		expect(lackingPoints('phone', [point('123-45'), point('12345')], [])).toEqual([point('123-45')]);
		expect(lackingPoints('phone', [point('12345')], [point('1-23-45')])).toEqual([]);
	});

	it('law: once added, nothing lacks any more, and nothing was there twice', () => {
		const phones = fc.array(fc.stringMatching(/^\+?[0-9 ()-]{3,16}$/).map(point), { maxLength: 6 });
		fc.assert(
			fc.property(phones, phones, (wanted, present) => {
				const lacking = lackingPoints('phone', wanted, present);
				expect(lackingPoints('phone', wanted, [...present, ...lacking])).toEqual([]);
				expect(lackingPoints('phone', lacking, [])).toEqual(lacking);
			}),
		);
	});
});
