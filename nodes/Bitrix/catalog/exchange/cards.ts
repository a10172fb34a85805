import {
	cmlGood, cmlOffer, findingOf, folderKey, GroupBook, PropertyBook, saidItem, unitsOf,
	type CmlClassifier, type CmlGood, type CmlOffer, type FieldValues, type Folder, type NamedField,
} from '../../../../core';
import type { Outgoing } from './outgoing';
import type { ExchangeRun } from './run';

/** Cards of a file and what they refer to. */
export interface Cards<Card> {
	cards: Array<{ outgoing: Outgoing; card: Card }>;
	classifier: CmlClassifier;
}

/** Cards of goods with their sections. */
export function cardsOfGoods(run: ExchangeRun, outgoings: readonly Outgoing[], fields: readonly NamedField[]): Cards<CmlGood> {
	const properties = new PropertyBook(fields, run.settings.directories);
	const folders = outgoings.flatMap(({ entry }) => entry.goods.folder ?? []);
	const groups = new GroupBook(folders, run.settings.identity, (folder: Folder) => folder.archived || run.settings.hidden.has(folderKey(folder, run.settings.identity)));
	const cards = outgoings.map((outgoing) => ({ outgoing, card: outgoing.removal ? removed(outgoing) : goodOf(outgoing, properties, groups) }));
	return { cards, classifier: classifierOf(properties, groups, cards.map(({ card }) => card)) };
}

/** Cards of variants; their characteristics are properties of the offers. */
export function cardsOfOffers(run: ExchangeRun, outgoings: readonly Outgoing[], fields: readonly NamedField[]): Cards<CmlOffer> {
	const properties = new PropertyBook(fields, run.settings.directories);
	const cards = outgoings.map((outgoing) => ({ outgoing, card: outgoing.removal ? cmlOffer({ ...removed(outgoing) }) : offerOf(outgoing, properties) }));
	return { cards, classifier: classifierOf(properties, undefined, cards.map(({ card }) => card)) };
}

const classifierOf = (properties: PropertyBook, groups: GroupBook | undefined, cards: ReadonlyArray<CmlGood>): CmlClassifier => ({
	groups: groups?.all ?? [], properties: properties.all, units: unitsOf(cards),
});

const removed = ({ entry }: Outgoing): CmlGood => cmlGood({ id: entry.key ?? '', removed: true });

function goodOf(outgoing: Outgoing, properties: PropertyBook, groups: GroupBook): CmlGood {
	const { entry, pictures } = outgoing;
	const { said, warnings } = saidItem(placed(outgoing, groups), properties);
	outgoing.warnings.push(...warnings);
	const type = entry.goods.kind === 'service' ? 'Услуга' : 'Товар';
	return cmlGood({ id: entry.key ?? '', ...said, requisites: [{ name: 'ТипНоменклатуры', value: type }], pictures: pictures?.said ?? null });
}

/** A section that is not known well enough is not said: the item stays where it is, or lies at the top. */
function placed(outgoing: Outgoing, groups: GroupBook): FieldValues {
	const { entry } = outgoing;
	const { values: { section, ...others }, goods: { folder } } = entry;
	if (section === undefined || !folder) return others;
	try {
		const key = groups.take(folder);
		return { ...others, section: { id: key, name: folder.name ?? key } };
	} catch (error) {
		outgoing.warnings.push(findingOf(error));
		return others;
	}
}

function offerOf(outgoing: Outgoing, properties: PropertyBook): CmlOffer {
	const { entry, pictures } = outgoing;
	const { said, warnings } = saidItem(entry.values, properties);
	outgoing.warnings.push(...warnings);
	const characteristics = entry.goods.characteristics.map(({ name, value }) => ({ name, value }));
	return cmlOffer({ id: entry.key ?? '', ...said, characteristics, pictures: pictures?.said ?? null });
}
