import type { MeasureRow } from '../../catalog/rows.cts';
import type { Portal } from '../../portal.cts';
import { child, textOf, type XmlNode } from '../xml/node.cts';

/** Adds the units whose code the site does not know; others stay as they are. */
export function importMeasures({ store }: Portal, books: readonly XmlNode[]): void {
	for (const node of books.flatMap((book) => child(book, 'ЕдиницыИзмерения')?.children ?? [])) {
		const code = Number.parseInt(textOf(node, 'Код') ?? '', 10);
		if (!Number.isInteger(code) || measureByCode(store, code)) continue;
		store.measures.add({
			code,
			isDefault: 'N',
			measureTitle: textOf(node, 'НаименованиеПолное') ?? null,
			symbol: textOf(node, 'НаименованиеКраткое') ?? null,
			symbolIntl: null,
			symbolLetterIntl: textOf(node, 'МеждународноеСокращение') ?? null,
		});
	}
}

/** The unit that `БазоваяЕдиница` names: its attribute or else its text, as a number, is a code, or else an id of the site. */
export function measureOf({ store }: Portal, unit: XmlNode): MeasureRow | undefined {
	const number = Number.parseInt(unit.attributes['Код'] ?? unit.value, 10);
	return Number.isInteger(number) ? (measureByCode(store, number) ?? store.measures.get(number)) : undefined;
}

const measureByCode = ({ measures }: Portal['store'], code: number): MeasureRow | undefined =>
	measures.all().find((measure) => measure.code === code);
