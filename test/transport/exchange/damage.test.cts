import fc from 'fast-check';
import { SyncError } from '../../../core';
import { transfer, transferOrders, type ExchangeFile } from '../../../transport';
import { mutated, mutations, places, written } from '../../core/commerceml/damaged.cts';
import { readAll } from '../../core/commerceml/files.ts';
import { ExchangeBench, failureOf, fileOf, goodsXml, packed } from './exchangeBench.cts';

const CHANGES_ONLY = ' СодержитТолькоИзменения="true"';

/** What each list of a document says of itself, as its bytes say it. */
const listsIn = (bytes: Uint8Array): string[] =>
	[...new TextDecoder().decode(bytes).matchAll(/<(?:Каталог|ПакетПредложений|ИзмененияПакетаПредложений)(?=[\s>/])([^>]*?)\/?>/g)].map(([, attributes]) => attributes ?? '');

describe('A damaged file', () => {
	let bench: ExchangeBench;
	beforeAll(async () => void (bench = await ExchangeBench.open()));
	afterAll(async () => await bench.close());

	/** Calls by which anything of a file, or of an earlier one, would change on the site. */
	const changing = (type = 'catalog'): number => ['init', 'file', 'import'].reduce((sum, mode) => sum + bench.calls(mode, type), 0);

	/** Sends bytes as a file of goods; whether anything of them reached the site. */
	async function reached(bytes: Uint8Array): Promise<boolean> {
		const before = changing();
		const session = await bench.session();
		try {
			await transfer(session, { files: [fileOf('import.xml', bytes)], documents: ['import.xml'], pack: packed });
		} catch (error) {
			// A file that is whole can still say what the site refuses.
			if (!(error instanceof SyncError)) throw error;
		}
		return changing() > before;
	}

	it('is not sent, whatever was changed in it: what is sent is whole, and deletes nothing', async () => {
		let stopped = 0;
		await fc.assert(
			fc.asyncProperty(written, mutations, async (whole, changes) => {
				const bytes = mutated(await whole, changes);
				if (!(await reached(bytes))) stopped += 1;
				else {
					await readAll([bytes]);
					for (const list of listsIn(bytes)) expect(list).toContain(CHANGES_ONLY);
				}
			}),
			{ numRuns: 1000 },
		);
		expect(stopped).toBeGreaterThan(500);
	}, 120_000);

	it('is not sent when it is cut, wherever that is', async () => {
		const before = changing();
		await fc.assert(
			fc.asyncProperty(written, places, async (whole, place) => {
				const bytes = await whole;
				expect(await reached(bytes.subarray(0, Math.floor(place * bytes.lastIndexOf(0x3e))))).toBe(false);
			}),
			{ numRuns: 1000 },
		);
		expect(changing()).toBe(before);
	}, 120_000);

	it.each([
		['does not say that it has changes only', goodsXml(1).replace(CHANGES_ONLY, ''), 'COMMERCEML_UNVERIFIED'],
		['says that it has everything', goodsXml(1).replace(CHANGES_ONLY, ' СодержитТолькоИзменения="false"'), 'COMMERCEML_UNVERIFIED'],
		['says it as the site does not understand it', goodsXml(1).replace(CHANGES_ONLY, ' СодержитТолькоИзменения="True"'), 'COMMERCEML_UNVERIFIED'],
		['is something else', '<html><body>Login</body></html>', 'COMMERCEML_UNVERIFIED'],
		['is no XML', 'Ошибка', 'XML_MALFORMED'],
	])('is not sent when it %s', async (_, xml, code) => {
		const before = changing();
		expect(await failureOf(transfer(await bench.session(), { files: [fileOf('import.xml', xml)], documents: ['import.xml'] }))).toMatchObject({ code });
		expect(changing()).toBe(before);
	});

	it('keeps the other files of its package back, too', async () => {
		const before = changing();
		const files = [fileOf('import.xml', goodsXml(3)), fileOf('offers.xml', goodsXml(3).slice(0, -30))];
		expect(await failureOf(transfer(await bench.session(), { files, documents: ['import.xml', 'offers.xml'] }))).toMatchObject({ code: 'XML_TRUNCATED' });
		expect(changing()).toBe(before);
	});

	it('is known by its size where that is known', async () => {
		const before = changing();
		const xml = goodsXml(3);
		const file: ExchangeFile = { ...fileOf('import.xml', xml), bytes: Buffer.byteLength(xml) + 1 };
		expect(await failureOf(transfer(await bench.session(), { files: [file], documents: ['import.xml'] }))).toMatchObject({ code: 'COMMERCEML_UNVERIFIED' });
		expect(changing()).toBe(before);
	});

	it('of orders is not sent either', async () => {
		const xml = '<КоммерческаяИнформация ВерсияСхемы="2.08"><Документ><Номер>1</Номер></Документ>';
		expect(await failureOf(transferOrders(await bench.connection(), { files: [fileOf('orders.xml', xml)], documents: ['orders.xml'] }))).toMatchObject({ code: 'XML_TRUNCATED' });
		expect(changing('sale')).toBe(0);
	});

	it('is sent when somebody confirmed that it deletes what it lacks', async () => {
		const before = changing();
		const xml = goodsXml(1).replace(CHANGES_ONLY, ' СодержитТолькоИзменения="false"');
		await transfer(await bench.session(), { files: [{ ...fileOf('import.xml', xml), deletesOthers: true }], documents: ['import.xml'] });
		expect(changing()).toBeGreaterThan(before);
	});
});
