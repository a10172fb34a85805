import { joinedMessages } from '../../../../core';

const MOST = 20_000;

describe('texts as messages of a chat', () => {
	it('are one message, an empty line between them; empty ones are left out', () => {
		expect(joinedMessages(['  Новая сделка ', '', 'Сумма другая'])).toEqual(['Новая сделка\n\nСумма другая']);
		expect(joinedMessages([' ', ''])).toEqual([]);
	});

	it('that are too long together are several messages, each a whole text', () => {
		const texts = ['а'.repeat(12_000), 'б'.repeat(7998), 'в'.repeat(3)];
		expect(joinedMessages(texts)).toEqual([`${texts[0] ?? ''}\n\n${texts[1] ?? ''}`, texts[2]]);
	});

	it('one that is too long is torn apart at the end of a line, and nothing of it is lost', () => {
		const lines = Array.from({ length: 3000 }, (_, index) => `Строка ${index}`);
		const messages = joinedMessages([lines.join('\n')]);
		expect(messages.every(({ length }) => length <= MOST)).toBe(true);
		expect(messages.flatMap((message) => message.split('\n').filter((line) => line !== ''))).toEqual(lines);
	});

	it('without lines not through the middle of a letter', () => {
		const messages = joinedMessages([`a${'🛒'.repeat(15_000)}`]);
		expect(messages.join('')).toBe(`a${'🛒'.repeat(15_000)}`);
		expect(messages.filter((message) => /[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/.test(message))).toEqual([]);
	});
});
