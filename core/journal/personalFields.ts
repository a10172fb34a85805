import { CUSTOMER_CODES } from '../bitrix/saleBooks';

/** What is masked beside the rules, and of whose objects names are personal. */
export interface MaskRules {
	/** Names of further fields, in any case, whose values are masked whole. */
	fields: readonly string[];
}

/** A field that a user made, by its code or its name: `property COMPANY_ADR`, `attributes.Контактное лицо`. */
const OWN_FIELD = /^(?:property\s+|attributes\.)/iu;

/** What was ordered is no field, but stands in the place of one: `line Телефон Samsung` is a quantity and a price of goods. */
const GOODS = /^line\s/iu;

/** About a person on whatever object they stand, in MoySklad's, Bitrix's and Russian words, each apart by one space. */
const PERSONAL_FIELDS =
	/phone|mobile|\bfax\b|телефон|мобильн|факс|e ?mail|почт|address|\badr\b|адрес|street|улица|apartment|квартира|postal|post ?code|индекс|first ?name|last ?name|middle ?name|second ?name|given ?name|family ?name|sur ?name|patronym|full ?name|legal ?title|contact ?(person|name)|контактн\p{L}* ?лиц|\bfio\b|фио|(?<!\p{L})ф и о(?!\p{L})|фамили|отчеств|passport|паспорт|snils|снилс|birth|рожден|bank ?detail|bank ?account|account ?number|(?<!\p{L})р ?с[чк]?[её]т|расч[её]тн\p{L}* сч[её]т|\bcard\b|password|пароль|secret|token/iu;

/** How somebody is called: personal where the object is a person's. */
const NAMES = /^(name|title|имя|наименование|legal|contacts?|im|web)$/iu;

/** Who it is, as a firm or a taxpayer: personal on a person's objects and on orders alike. */
const IDENTITY = /^(company|company name|компания|название компании|наименование компании|inn|инн|kpp|кпп)$/iu;

/** What a person wrote, and where somebody lives. */
const FREE_TEXT = /comment|коммент|description|описание|\bnote\b|примечан|(?<!\p{L})имя(?!\p{L})|customer|покупател|получател|\bcity\b|\bzip\b|(?<!\p{L})город(?!\p{L})|location|местоположен/iu;

/** Words in the name of a field that a user made for orders or customers: whom it is about. `name` alone is the number of an order, but not there. */
const OWN_WORDS = /(?<!\p{L})(name|company|organi[sz]ation|inn|kpp|index|contact|client|buyer|payer|receiver|recipient|consignee|компани\p{L}*|организаци\p{L}*|юр ?лиц\p{L}*|инн|кпп|контакт\p{L}*|клиент\p{L}*|заказчик\p{L}*|плательщик\p{L}*)(?!\p{L})/iu;

const PEOPLE = /counterpart|contact|compan|customers?$|partner|person|buyer|контрагент|клиент/iu;
const PEOPLES_DOCUMENTS = /order|deal|lead|invoice|shipment|payment|document|return|заказ|сделк/iu;
/** The title of these is written by people or made of the customer's name. */
const TITLED = /deal|lead|invoice|сделк/iu;

/**
 * Whether the values of a field are personal on objects of that kind.
 * @param field as results name it, e.g. `phone`, `address.1`, `property Телефон`, `TITLE`
 * @param object e.g. `counterparty`, `order`, `item`
 */
export function isPersonalField(field: string, object: string, { fields }: MaskRules): boolean {
	const name = field.trim();
	if (fields.some((further) => further.trim().toLowerCase() === name.toLowerCase())) return true;
	if (GOODS.test(name)) return false;
	const own = name.replace(OWN_FIELD, '');
	const words = wordsOf(own);
	if (PERSONAL_FIELDS.test(words)) return true;
	const people = PEOPLE.test(object);
	if (people && NAMES.test(words)) return true;
	if (!people && !PEOPLES_DOCUMENTS.test(object)) return false;
	if (TITLED.test(object) && words === 'title') return true;
	if (FREE_TEXT.test(words) || IDENTITY.test(words)) return true;
	return own !== name && (CUSTOMER_CODES.has(own.trim().toUpperCase()) || OWN_WORDS.test(words));
}

/** `COMPANY_ADR` → `company adr`, `firstName` → `first name`, `Ф.И.О.` → `ф и о`. */
const wordsOf = (name: string): string =>
	name
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.toLowerCase();
