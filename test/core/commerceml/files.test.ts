import { catalogIds, cmlGood, goodsDocument, planFiles, sourceOf, USUAL_FILE_LIMITS, type CmlFile, type CmlGood } from '../../../core';
import { bytesOf, log, ofKind, readAll } from './files';

const classifier = { groups: [{ id: 'g', name: 'Группа', parentId: null, description: null, sort: null, code: null, picture: null, removed: false }], properties: [], units: [] };
const document = goodsDocument({ ids: catalogIds(), formed: '2026-11-21T12:00:00', classifier });
const good = (index: number): CmlGood => cmlGood({ id: `id-${index}`, name: `Товар ${index} ${'я'.repeat(100)}`, groups: ['g'] });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const idsIn = async (file: CmlFile): Promise<string[]> => ofKind((await readAll(file.open())).records, 'good').map((record) => record.good.id);

describe('the files of a document', () => {
	it('are complete in themselves, and have all goods once', async () => {
		const report = log();
		const files = await planFiles(document, sourceOf(numbers(1000), good), report, { bytes: 50_000, items: 400 });
		expect(files.map(({ name }) => name)).toEqual(files.map((_, index) => `import0_${index + 1}.xml`));
		expect(files.length).toBeGreaterThan(5);
		expect((await Promise.all(files.map(idsIn))).flat()).toEqual(numbers(1000).map((index) => `id-${index}`));
		for (const file of files) {
			const { records, findings } = await readAll(file.open());
			expect(findings).toEqual([]);
			expect(ofKind(records, 'group')).toHaveLength(1);
			expect(ofKind(records, 'catalog')).toMatchObject([{ list: { changesOnly: true } }]);
			expect(file.bytes).toBeLessThan(52_000);
			expect(await bytesOf(file.open())).toHaveLength(file.bytes);
		}
		expect(report.refused).toEqual([]);
	});

	it('are read again and counted: one that has more than it was given is none', async () => {
		const twice = { ...document, item: (...given: Parameters<typeof document.item>) => [1, 2].forEach(() => document.item(...given)) };
		await expect(planFiles(twice, sourceOf(numbers(3), good), log())).rejects.toMatchObject({ code: 'COMMERCEML_UNVERIFIED' });
	});

	it('end with a number of goods', async () => {
		const files = await planFiles(document, sourceOf(numbers(25), good), log(), { ...USUAL_FILE_LIMITS, items: 10 });
		expect(files.map(({ items }) => items)).toEqual([10, 10, 5]);
	});

	it('leave refused goods out, wherever they stand, and tell of them once', async () => {
		const report = log();
		const bad = [0, 9, 10, 11, 24];
		const source = sourceOf(numbers(25), (index) => (bad.includes(index) ? cmlGood({ id: `id-${index}` }) : good(index)));
		const files = await planFiles(document, source, report, { ...USUAL_FILE_LIMITS, items: 5 });
		const written = (await Promise.all(files.map(idsIn))).flat();
		expect(written).toEqual(numbers(25).filter((index) => !bad.includes(index)).map((index) => `id-${index}`));
		expect(report.refused).toEqual(bad.map((index) => ({ id: `id-${index}`, code: 'COMMERCEML_NAME_MISSING' })));
	});

	it('are none without goods, or one for the groups alone', async () => {
		const none = sourceOf([], good);
		const bad = sourceOf([1], () => cmlGood({ id: 'x' }));
		expect(await planFiles(document, none, log())).toEqual([]);
		expect(await planFiles(document, bad, log())).toEqual([]);
		for (const source of [none, bad]) {
			const [file, ...others] = await planFiles(document, source, log(), USUAL_FILE_LIMITS, true);
			expect(others).toEqual([]);
			expect(ofKind((await readAll((file as CmlFile).open())).records, 'group')).toHaveLength(1);
		}
	});

	it('may come from a source that is read page by page', async () => {
		const paged = {
			async *from(index: number): AsyncGenerator<CmlGood> {
				for (let at = index; at < 30; at += 1) yield await Promise.resolve(good(at));
			},
		};
		const files = await planFiles(document, paged, log(), { ...USUAL_FILE_LIMITS, items: 12 });
		expect((await Promise.all(files.map(idsIn))).flat()).toEqual(numbers(30).map((index) => `id-${index}`));
	});

	it('tell of characters that had to be left out, with the good', async () => {
		const report = log();
		await planFiles(document, sourceOf([1, 2], (index) => ({ ...good(index), description: index === 2 ? 'a\u0001b' : 'a' })), report);
		expect(report.findings.list).toMatchObject([{ code: 'COMMERCEML_CHARACTERS_OMITTED', where: 'Описание', object: 'id-2', count: 1 }]);
	});
});
