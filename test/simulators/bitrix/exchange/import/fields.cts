import type { ElementRow } from '../../catalog/rows.cts';
import { parseMoment } from '../../wire/dates.cts';
import { PhpFatal } from '../site.cts';
import { child, childrenOf, isFlag, requisiteOf, textOf, toNumber, type XmlNode } from '../xml/node.cts';
import { measureOf } from './measures.cts';
import type { Scene } from './scene.cts';

/** Everything of an element but its properties and pictures: only what the file says. It is active again. */
export const plainFields = (scene: Scene, node: XmlNode): Partial<ElementRow> => ({
	name: textOf(node, 'Наименование') ?? '',
	active: 'Y',
	...texts(node),
	...sectionsIn(scene, node),
	...dimensions(scene, node),
	...unit(scene, node),
	...pseudoProperties(node),
});

const hasTag = (text: string): boolean => /<\/?[a-z][^>]*>/i.test(text);

const typed = (text: string): string => (hasTag(text) ? 'html' : 'text');

function texts(node: XmlNode): Partial<ElementRow> {
	// An element inside is an array to PHP, and a text is expected.
	if ((child(node, 'Описание')?.children.length ?? 0) > 0) throw new PhpFatal('Описание holds elements');
	const detail = textOf(node, 'Описание');
	const html = requisiteOf(node, 'ОписаниеВФорматеHTML');
	const preview = textOf(node, 'ПолноеНаименование') ?? requisiteOf(node, 'Полное наименование');
	return {
		...(detail !== undefined && { detailText: detail || null, detailTextType: typed(detail) }),
		...(html !== undefined && { detailText: html || null, detailTextType: 'html' }),
		...(preview !== undefined && { previewText: preview || null, previewTextType: typed(preview) }),
	};
}

/** The first group is the main one. Groups that the block does not have count for nothing; without any, it lies in the root. */
function sectionsIn({ portal, iblock }: Scene, node: XmlNode): Partial<ElementRow> {
	const groups = child(node, 'Группы');
	if (!groups) return {};
	const ids = childrenOf(groups, 'Ид').flatMap(({ value }) => {
		const section = portal.store.sections.where('xmlId', value).find(({ iblockId }) => iblockId === iblock.id);
		return section ? [section.id] : [];
	});
	return { iblockSection: [...new Set(ids)], iblockSectionId: ids[0] ?? null };
}

/** Kilograms become grams. */
function dimensions({ pack }: Scene, node: XmlNode): Partial<ElementRow> {
	const weight = textOf(node, 'Вес') ?? requisiteOf(node, 'Вес');
	const size = (name: string): number | undefined => {
		const text = textOf(node, name);
		return text === undefined ? undefined : toNumber(text, pack.decimalMark);
	};
	const [width, height, length] = [size('Ширина'), size('Высота'), size('Длина')];
	return {
		...(weight !== undefined && { weight: Math.round(toNumber(weight, pack.decimalMark) * 1_000_000) / 1000 }),
		...(width !== undefined && { width }),
		...(height !== undefined && { height }),
		...(length !== undefined && { length }),
	};
}

function unit({ portal }: Scene, node: XmlNode): Partial<ElementRow> {
	const base = child(node, 'БазоваяЕдиница');
	const measure = base && measureOf(portal, base);
	return measure ? { measure: measure.id } : {};
}

type Reader = (text: string) => Partial<ElementRow>;

const PSEUDO_PROPERTIES: Record<string, Reader> = {
	CML2_CODE: (code) => ({ code }),
	CML2_ACTIVE: (active) => ({ active: isFlag(active) ? 'Y' : 'N' }),
	CML2_SORT: (sort) => ({ sort: Math.trunc(toNumber(sort)) }),
	CML2_ACTIVE_FROM: (moment) => ({ dateActiveFrom: parseMoment(moment) ?? null }),
	CML2_ACTIVE_TO: (moment) => ({ dateActiveTo: parseMoment(moment) ?? null }),
	CML2_PREVIEW_TEXT: (text) => ({ previewText: text || null, previewTextType: typed(text) }),
	CML2_DETAIL_TEXT: (text) => ({ detailText: text || null, detailTextType: typed(text) }),
};

/** Fields that are sent as if they were properties. */
function pseudoProperties(node: XmlNode): Partial<ElementRow> {
	const fields: Partial<ElementRow> = {};
	for (const entry of childrenOf(child(node, 'ЗначенияСвойств'), 'ЗначенияСвойства')) {
		const read = PSEUDO_PROPERTIES[textOf(entry, 'Ид') ?? ''];
		if (read) Object.assign(fields, read(textOf(entry, 'Значение') ?? ''));
	}
	return fields;
}
