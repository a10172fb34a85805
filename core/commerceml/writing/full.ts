import { SyncError } from '../../errors';
import type { CmlGood, CmlOffer } from '../model';
import type { XmlWriter } from '../xml/writer';
import { DocumentCount, type DocumentSize } from './counting';
import type { CmlDocument } from './document';
import { reopened, type CmlFile, type Source } from './files';
import { catalogOf, type GoodsSettings } from './goods';
import { offersOf, type OffersSettings } from './offers';
import { writeDocument, type WritingReport } from './streaming';

/** What has to be known and said before a file may make the store delete everything that the file lacks. */
export interface FullExportProof {
	/** How many goods or offers there are, as MoySklad said before they were read … */
	countedBefore: number;
	/** … and as it said after that. */
	countedAfter: number;
	/** The id of the catalog or of its offers whose other objects are to be deleted, as a person entered it … */
	confirmed: string;
	/** … and entered it again. */
	confirmedAgain: string;
}

/** All goods of a catalog: the store deletes every other good and group of it. Throws COMMERCEML_FULL_UNPROVEN, and what goodsDocument throws. */
export const planCatalogThatDeletesOthers = async (settings: GoodsSettings, goods: Source<CmlGood>, proof: FullExportProof, report: WritingReport): Promise<CmlFile> =>
	await planReplacement(catalogOf(settings, beginAll), settings.ids.catalogId, goods, proof, report);

/** All offers of a catalog: the store deletes every other offer of it. Throws COMMERCEML_FULL_UNPROVEN, and what offersDocument throws. */
export const planOffersThatDeleteOthers = async (settings: OffersSettings, offers: Source<CmlOffer>, proof: FullExportProof, report: WritingReport): Promise<CmlFile> =>
	await planReplacement(offersOf(settings, beginAll), settings.ids.packageId, offers, proof, report);

const beginAll = (writer: XmlWriter, name: string): void => writer.begin(name, { СодержитТолькоИзменения: 'false' });

/** One file: of two, each would delete what the other one has. */
async function planReplacement<Item>(document: CmlDocument<Item>, id: string, source: Source<Item>, proof: FullExportProof, report: WritingReport): Promise<CmlFile> {
	const { countedBefore, countedAfter, confirmed, confirmedAgain } = proof;
	if (confirmed !== id || confirmedAgain !== id) throw unproven(`it was not confirmed twice with the id ${id}`);
	if (!(countedBefore > 0) || countedBefore !== countedAfter) throw unproven(`there were ${countedBefore} objects before they were read, and ${countedAfter} after that`);
	const size = await sizeOf(document, source, report);
	if (size.items !== countedAfter) throw unproven(`${size.items} of ${countedAfter} objects can be written`);
	return { name: `${document.kind}.xml`, kind: document.kind, ...size, deletesOthers: true, open: () => reopened(document, source.from(0), size) };
}

async function sizeOf<Item>(document: CmlDocument<Item>, source: Source<Item>, report: WritingReport): Promise<DocumentSize> {
	const ids = new Set<string>();
	const count = new DocumentCount(document.kind, 'false');
	const chunks = writeDocument(document, noted(source.from(0), (item) => ids.add(document.idOf(item))), report);
	for (let step = await chunks.next(); ; step = await chunks.next()) {
		if (!step.done) {
			count.push(step.value);
			continue;
		}
		count.endWith(step.value);
		if (ids.size !== step.value.items) throw unproven(`${step.value.items - ids.size} ids are not the only ones of their kind`);
		return step.value;
	}
}

async function* noted<Item>(items: AsyncIterable<Item> | Iterable<Item>, note: (item: Item) => void): AsyncGenerator<Item> {
	for await (const item of items) {
		note(item);
		yield item;
	}
}

const unproven = (reason: string): SyncError => new SyncError('COMMERCEML_FULL_UNPROVEN', { reason });
