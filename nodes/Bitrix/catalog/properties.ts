import {
	ARTICLE_PROPERTY, BARCODE_PROPERTY, codedProperty, HIDDEN_PROPERTY, ID_PROPERTY, lackingProperties, newPropertyFields, propertyByCode, propertyKind,
	readProperty, SyncError,
	type MissingEnum, type NamedField, type Property,
} from '../../../core';
import { readPropertiesAgain } from './books';
import { addEnums } from './enums';
import type { CatalogSession } from './session';
import { answeredRow, letItEnd, ROUNDS, unsureOf } from './writing';

/** What of MoySklad's fields the goods of this run show. */
export interface SeenFields {
	attributes: readonly NamedField[];
	characteristics: readonly NamedField[];
}

/** Makes the properties that the settings ask for and the catalog lacks. In a preview they are only planned. */
export async function makeProperties(session: CatalogSession, seen: SeenFields): Promise<void> {
	checkServiceProperties(session);
	let lost: SyncError | undefined;
	for (let round = 1; round <= ROUNDS; round += 1) {
		const lacking = lackingOf(session, seen);
		if (lacking.length === 0) return;
		if (session.settings.preview) return void session.books.properties.push(...lacking);
		lost = await addProperties(session, lacking);
		if (!lost) return;
		await letItEnd(round);
		await readAgain(session);
	}
	if (lost) throw lost;
}

function lackingOf({ books, settings }: CatalogSession, { attributes, characteristics }: SeenFields): Property[] {
	const { goods, offers, properties } = books;
	const blocks = [goods, ...(offers ? [offers] : [])].map(({ iblockId }) => iblockId);
	const coded = (wanted: boolean, code: string, name: string, multiple = false): Property[] =>
		wanted ? blocks.filter((id) => !propertyByCode(properties, id, code)).map((id) => codedProperty(code, name, id, multiple)) : [];
	return [
		...coded(settings.keepIds, ID_PROPERTY, 'MoySklad: ID'),
		...coded(settings.keepIds, HIDDEN_PROPERTY, 'MoySklad: Hidden'),
		...coded(settings.codedProperties, ARTICLE_PROPERTY, 'Артикул'),
		...coded(settings.codedProperties, BARCODE_PROPERTY, 'Штрихкод', true),
		...(settings.attributes === 'create' ? lackingProperties(attributes, properties, goods.iblockId) : []),
		...(offers ? lackingProperties(characteristics, properties, offers.iblockId) : []),
	];
}

/** Of another kind they would swallow what is written into them. */
function checkServiceProperties({ books }: CatalogSession): void {
	const foreign = books.properties.find((property) => [ID_PROPERTY, HIDDEN_PROPERTY].includes(property.code ?? '') && (propertyKind(property) !== 'text' || property.multiple));
	if (foreign) throw new SyncError('CATALOG_PROPERTIES_TAKEN', { code: foreign.code ?? '' });
}

/** Gives the error of those of which nobody knows whether they were made; throws any other. */
async function addProperties(session: CatalogSession, lacking: readonly Property[]): Promise<SyncError | undefined> {
	const commands = lacking.map((property) => ({ method: 'catalog.productProperty.add', parameters: { fields: newPropertyFields(property) } }));
	const outcomes = await session.batches.each(commands, { repeatable: false });
	const made = lacking.flatMap((planned, index): Property[] => {
		const row = answeredRow(outcomes[index], 'productProperty');
		return row ? [{ ...readProperty(row), enums: planned.type === 'L' ? [] : undefined }] : [];
	});
	session.books.properties.push(...made);
	for (const { code, iblockId } of made) if (code === ID_PROPERTY) session.unmarked.add(iblockId);
	await addBoxes(session, lacking);
	return unsureOf(outcomes);
}

/** A yes or no needs its one variant. */
async function addBoxes(session: CatalogSession, planned: readonly Property[]): Promise<void> {
	const missing = planned.flatMap(({ iblockId, code, enums: [box] = [] }): MissingEnum[] => {
		const property = propertyByCode(session.books.properties, iblockId, code?.toUpperCase() ?? '');
		return box && property ? [{ property, value: box.value, xmlId: box.xmlId ?? 'Y' }] : [];
	});
	await addEnums(session, missing);
}

async function readAgain({ batches, books }: CatalogSession): Promise<void> {
	const both = [books.goods, ...(books.offers ? [books.offers] : [])];
	const read: Property[] = [];
	for (const catalog of both) read.push(...(await readPropertiesAgain(batches, catalog)));
	const enums = new Map(books.properties.map(({ id, enums: known }) => [id, known]));
	books.properties = read.map((property) => ({ ...property, enums: enums.get(property.id) }));
}
