import { emailKeys } from '../../../core';

describe('e-mails', () => {
	it.each([
		['Ivan@Mail.RU', ['ivan@mail.ru']],
		[' ivan @ mail.ru ', ['ivan@mail.ru']],
		['Иван <ivan@mail.ru>', ['ivan@mail.ru']],
		['a@b.ru; c@d.ru, a@B.ru', ['a@b.ru', 'c@d.ru']],
		['почта: a@b.ru.', ['a@b.ru']],
		['mailto:a@b.ru', ['a@b.ru']],
		['a.b+shop@mail.ru', ['a.b+shop@mail.ru']],
		['нет', []],
		['a@b', []],
		[null, []],
	])('%p → %j', (text, keys) => expect(emailKeys(text)).toEqual(keys));
});
