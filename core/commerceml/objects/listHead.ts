import { Fields } from '../codec/field';
import { requiredText, text } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { CmlOwner, CmlRecord } from '../records';
import type { XmlAttributes } from '../xml/attributes';
import type { XmlElement } from '../xml/element';

const CHANGES_ONLY = 'СодержитТолькоИзменения';
const CHANGES = 'ИзмененияПакетаПредложений';

type Part = 'id' | 'name' | 'classifierId' | 'catalogId';

const PARTS: ReadonlyMap<string, Part> = new Map([['Ид', 'id'], ['Наименование', 'name'], ['ИдКлассификатора', 'classifierId'], ['ИдКаталога', 'catalogId']]);

const OWNER_FIELDS = new Fields<CmlOwner>([requiredText('Ид', 'id'), text('Наименование', 'name')]);

/** What a classifier, a list of goods or a list of offers says of itself, while it is being read. */
export class ListHead {
	private readonly parts: Record<Part, string | null> = { id: null, name: null, classifierId: null, catalogId: null };
	private readonly changesOnly: boolean;
	private owner: CmlOwner | null = null;
	private isAnnounced = false;

	constructor(
		private readonly element: string,
		attributes: XmlAttributes,
		private readonly reading: Reading,
	) {
		reading.checkAttributes({ name: element, attributes }, [CHANGES_ONLY], true);
		this.changesOnly = element === CHANGES || reading.flagIn(attributes.get(CHANGES_ONLY) ?? '', `@${CHANGES_ONLY}`);
	}

	/** Whether an element belongs to the head. */
	takes(element: XmlElement): boolean {
		if (element.name === 'Владелец') return this.takesOwner(element);
		const part = PARTS.get(element.name);
		if (part === undefined) return false;
		const text = this.reading.text(element);
		if (this.parts[part] !== null) this.reading.repeated(element.name);
		else if (this.isAnnounced) this.reading.note('COMMERCEML_HEAD_LATE', element.name, { element: element.name });
		else this.parts[part] = text;
		return true;
	}

	private takesOwner(element: XmlElement): true {
		const owner: CmlOwner = { id: '', name: null };
		OWNER_FIELDS.read(element, owner, this.reading);
		if (this.owner) this.reading.repeated(element.name);
		else if (this.isAnnounced) this.reading.note('COMMERCEML_HEAD_LATE', element.name, { element: element.name });
		else this.owner = owner;
		return true;
	}

	/** The record of the head, once. */
	announce(): CmlRecord | undefined {
		if (this.isAnnounced) return undefined;
		this.isAnnounced = true;
		const { owner, parts: { id, name, classifierId, catalogId } } = this;
		if (id === null || id === '') this.reading.note('COMMERCEML_ID_MISSING', '');
		if (this.element === 'Классификатор') return { kind: 'classifier', classifier: { id: id ?? '', name, owner } };
		const kind = this.element === 'Каталог' ? 'catalog' : 'package';
		return { kind, list: { id: id ?? '', name, owner, classifierId, catalogId, changesOnly: this.changesOnly } };
	}
}
