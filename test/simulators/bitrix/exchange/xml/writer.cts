const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

type Attributes = Readonly<Record<string, string | number>>;

const shownAttributes = (attributes: Attributes): string =>
	Object.entries(attributes)
		.map(([name, value]) => ` ${name}="${escape(String(value))}"`)
		.join('');

/** An element with a text. */
export const leaf = (name: string, text: string | number, attributes: Attributes = {}): string =>
	`<${name}${shownAttributes(attributes)}>${escape(String(text))}</${name}>\n`;

/** An element with elements, in their order; undefined ones are left out. */
export const element = (name: string, ...content: Array<string | undefined>): string =>
	`<${name}>\n${content.filter((part) => part !== undefined).join('')}</${name}>\n`;

/** A leaf, unless its text is empty. */
export const filled = (name: string, text: string): string | undefined => (text === '' ? undefined : leaf(name, text));

/** Pairs of a requisite's name and value. */
export const requisites = (pairs: ReadonlyArray<readonly [string, string | number | boolean]>): string =>
	element(
		'ЗначенияРеквизитов',
		...pairs.map(([name, value]) =>
			element('ЗначениеРеквизита', leaf('Наименование', name), leaf('Значение', String(value))),
		),
	);

export interface RootAttributes {
	version: string;
	/** `2026-11-21T12:00:00` */
	made: string;
}

/** The root of an answer with orders. */
export const commercialInformation = ({ version, made }: RootAttributes, content: string): string => {
	const numbers = 'ЧЦ=18; ЧДЦ=2; ЧРД=.';
	const attributes = {
		ВерсияСхемы: version,
		ДатаФормирования: made,
		ФорматДаты: 'ДФ=yyyy-MM-dd; ДЛФ=DT',
		ФорматВремени: 'ДФ=ЧЧ:мм:сс; ДЛФ=T',
		РазделительДатаВремя: 'T',
		ФорматСуммы: numbers,
		ФорматКоличества: numbers,
	};
	return `<КоммерческаяИнформация${shownAttributes(attributes)}>\n${content}</КоммерческаяИнформация>`;
};
