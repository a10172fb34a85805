import { shortened, storable } from '../model/storable';
import { maskShapes } from './maskShapes';

/** What stands in the place of personal data. */
const MASK = '***';

/** What is masked beside the rules, and of whose objects names are personal. */
export interface MaskRules {
	/** Names of further fields, in any case, whose values are masked whole. */
	fields: readonly string[];
}

/** Fields that are about a person on whatever object they stand, in MoySklad's, Bitrix's and Russian words. */
const PERSONAL_FIELDS =
	/phone|mobile|\bfax\b|telephone|телефон|мобильн|e-?mail|почт|address|адрес|street|улица|apartment|квартира|postal|индекс|first_?name|last_?name|middle_?name|second_?name|sur_?name|patronym|full_?name|legal_?title|contact_?person|\bfio\b|фио|фамили|отчеств|passport|паспорт|snils|снилс|birth|рожден|bank_?detail|bank_?account|account_?number|р[/.]?с[чк]?[её]т|\bcard\b|password|пароль|secret|token/iu;

/** What a person wrote, and how somebody is called: personal where the object is a person's or a person's order. */
const NAMES = /^(name|title|имя|наименование|legal|inn|инн|kpp|contact|contacts|im|web)$/iu;
const FREE_TEXT = /comment|коммент|description|описание|\bnote\b|примечан|(?<!\p{L})имя(?!\p{L})|customer|покупател|получател|\bcity\b|(?<!\p{L})город(?!\p{L})|location/iu;

const PEOPLE = /counterpart|contact|compan|customers?$|partner|person|buyer|контрагент|клиент/iu;
const PEOPLES_DOCUMENTS = /order|deal|invoice|shipment|payment|document|return|заказ|сделк/iu;

/** Longer texts tell nothing more, and rows shall stay small. */
const LONGEST = 200;
/** Of a longer text the rest is left out before it is looked through: it is not shown anyway. */
const LONGEST_READ = 4 * LONGEST;

/**
 * Whether the values of a field are personal on objects of that kind.
 * @param field as results name it, e.g. `phone`, `address.1`, `property Телефон`
 * @param object e.g. `counterparty`, `order`, `item`
 */
export function isPersonalField(field: string, object: string, { fields }: MaskRules): boolean {
	const name = field.trim();
	if (fields.some((further) => further.trim().toLowerCase() === name.toLowerCase())) return true;
	if (PERSONAL_FIELDS.test(name)) return true;
	const people = PEOPLE.test(object);
	return (people && NAMES.test(name)) || ((people || PEOPLES_DOCUMENTS.test(object)) && FREE_TEXT.test(name));
}

/**
 * A value as it may be kept: whole in the place of a personal field, and without phones, e-mails, and the like in any other. Nothing
 * stays nothing, so that one sees a field that was filled. Objects are looked through by the names of their fields.
 */
export function masked(value: unknown, field: string, object: string, rules: MaskRules): unknown {
	if (value === null || value === undefined || value === '' || typeof value === 'boolean') return value ?? null;
	if (isPersonalField(field, object, rules)) return MASK;
	if (Array.isArray(value)) return value.map((one) => masked(one, field, object, rules));
	if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, one]) => [maskedText(name), masked(one, name, object, rules)]));
	if (typeof value === 'number') return maskShapes(String(value), MASK) === String(value) ? value : MASK;
	return maskedText(String(value));
}

/** A text without what has the shape of personal data, not longer than rows take, and such that any table takes it. */
export const maskedText = (text: string): string => shortened(maskShapes(storable(text.slice(0, LONGEST_READ)), MASK), LONGEST);
