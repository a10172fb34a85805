import { ImportSteps } from '../../../core';

const READ = ['Таблица создана.', 'Обработано 10% файла.', 'Обработано 90% файла.', 'Файл прочитан.'];
const BEHIND = ['Созданы индексы.', 'Метаданные импортированы.', 'Группы импортированы.', 'Обработано 100 из 500 элементов.', 'Обработано 200 из 500 элементов.'];

function after(texts: string[], { archive = false } = {}): ImportSteps {
	const steps = new ImportSteps(archive);
	for (const text of texts) steps.advance(text);
	return steps;
}

describe('The steps of an import', () => {
	it('do not count as read while the file may still be', () => {
		for (let count = 0; count <= READ.length; count += 1) expect(after(READ.slice(0, count)).isRead).toBe(false);
	});

	it('count as read behind that', () => {
		for (let count = 1; count <= BEHIND.length; count += 1) expect(after([...READ, ...BEHIND.slice(0, count)]).isRead).toBe(true);
	});

	it('take longer with an archive, which is unpacked first', () => {
		const unpacked = ['Распаковка 10%.', 'Распаковка завершена.', ...READ];
		expect(after(unpacked, { archive: true }).isRead).toBe(false);
		expect(after([...unpacked, BEHIND[0] ?? ''], { archive: true }).isRead).toBe(true);
	});

	it('never count as read where the site says nothing', () => {
		expect(after(Array.from({ length: 100 }, () => '')).isRead).toBe(false);
		expect(after(Array.from({ length: 100 }, (_, index) => `${index}%`)).isRead).toBe(false);
	});

	it('are read still after a lost answer, and after the same kind of answer as before', () => {
		const steps = after([...READ, ...BEHIND]);
		steps.lost();
		expect(steps.isRead).toBe(true);
		steps.advance('Обработано 300 из 500 элементов.');
		expect(steps.isRead).toBe(true);
	});

	it('are unknown after a lost answer and an answer never heard before: the import may have begun again', () => {
		const steps = after([...READ, ...BEHIND]);
		steps.lost();
		steps.advance('');
		expect(steps.isRead).toBe(false);
		steps.advance('Обработано 5% файла.');
		expect(steps.isRead).toBe(false);
		steps.advance('Файл прочитан.');
		expect(steps.isRead).toBe(false);
		steps.advance('Созданы индексы.');
		expect(steps.isRead).toBe(true);
	});
});
