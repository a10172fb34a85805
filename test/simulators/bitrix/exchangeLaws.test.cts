import fc from 'fast-check';
import { freshExchange } from './exchangeBench.cts';
import { catalogFile, good } from './exchangeXml.cts';
import { freshProgress } from './exchange/import/progress.cts';
import { importStep } from './exchange/import/steps.cts';

const bench = freshExchange();

/** Imports a file in this process: steps until it says success. Returns how many there were. */
function run(xml: string): number {
	const { site } = bench.bitrix.exchange;
	site.goodsFiles.empty();
	site.goodsFiles.append('a.xml', Buffer.from(xml));
	let progress = freshProgress(false);
	for (let steps = 1; ; steps++) {
		const { next, answer } = importStep(site, progress, 'a.xml');
		progress = next;
		if (answer.startsWith('success')) return steps;
	}
}

const present = (): string[] =>
	bench.tables.elements
		.all()
		.map(({ xmlId }) => xmlId)
		.sort();

const ids = fc.uniqueArray(
	fc.integer({ min: 0, max: 30 }).map((number) => `g${number}`),
	{ maxLength: 12 },
);

it('files of changes never take anything away; a full file leaves exactly what it has', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(ids, fc.boolean()), { minLength: 1, maxLength: 6 }), (files) => {
			for (const { id } of bench.tables.elements.all()) bench.tables.elements.remove(id);
			let expected = new Set<string>();
			for (const [listed, changesOnly] of files) {
				run(
					catalogFile(
						listed.map((id) => good(id)),
						{ changesOnly },
					),
				);
				expected = new Set(changesOnly ? [...expected, ...listed] : listed);
				expect(present()).toEqual([...expected].sort());
			}
		}),
	);
});

it('whatever the size of a portion, the result is the same, and there are at least ten steps', () => {
	fc.assert(
		fc.property(ids, fc.integer({ min: 1, max: 15 }), (listed, stepRows) => {
			for (const { id } of bench.tables.elements.all()) bench.tables.elements.remove(id);
			bench.set({ stepRows });
			const steps = run(catalogFile(listed.map((id) => good(id))));
			expect(steps).toBe(9 + Math.max(1, Math.ceil(listed.length / stepRows)));
			expect(present()).toEqual([...listed].sort());
		}),
	);
});

it('however an upload is cut, the file is the same', async () => {
	await bench.goods.login();
	const bytes = Buffer.from(catalogFile([good('ё'), good('€')]));
	await fc.assert(
		fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 5 }), async (places) => {
			await bench.goods.call('init');
			const cuts = [0, ...places.sort((one, other) => one - other), bytes.length];
			for (const [index, from] of cuts.slice(0, -1).entries())
				await bench.goods.upload('a.xml', bytes.subarray(from, cuts[index + 1]));
			expect(bench.bitrix.exchange.site.goodsFiles.read('a.xml')).toEqual(bytes);
		}),
		{ numRuns: 20 },
	);
});
