import { personName } from '../../../../core';

const NONE = { first: null, middle: null, last: null };

describe('the parts of a name', () => {
	it.each([
		['Иванов Иван Иванович', { LAST_NAME: 'Иванов', NAME: 'Иван', SECOND_NAME: 'Иванович' }],
		['Иван Иванович Иванов', { LAST_NAME: 'Иванов', NAME: 'Иван', SECOND_NAME: 'Иванович' }],
		['Петрова Анна Ильинична', { LAST_NAME: 'Петрова', NAME: 'Анна', SECOND_NAME: 'Ильинична' }],
		['Мицкевич Адам Николаевич', { LAST_NAME: 'Мицкевич', NAME: 'Адам', SECOND_NAME: 'Николаевич' }],
	])('%s', (name, parts) => expect(personName(name, NONE)).toEqual(parts));

	it.each(['Иван', 'Иван Петров', 'Владимир Войнович', 'Адам Николаевич Мицкевич', 'ООО «Ромашка и сын»', 'Анна Мария Луиза', 'Иванов Иван Иванович мл.'])(
		'what could mean several things stays whole: %s',
		(name) => expect(personName(` ${name} `, NONE)).toEqual({ NAME: name }),
	);

	it("MoySklad's own fields count before the name", () => {
		expect(personName('Кто-то', { first: 'Иван', middle: null, last: 'Петров' })).toEqual({ NAME: 'Иван', LAST_NAME: 'Петров' });
	});
});
