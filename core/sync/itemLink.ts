import { fingerprint } from '../model/fingerprint';
import type { Goods, Picture } from '../model/catalog';
import type { FieldValue, FieldValues } from './fieldValue';
import type { Link } from './link';

/** An item that is in Bitrix now, with what it was written from. */
export interface LinkedItem {
	flow: string;
	goods: Goods;
	key: string;
	/** XML_ID of a variant's product. */
	parentKey: string | null;
	bitrixId: number;
	values: FieldValues;
	/** Those that are known to be in Bitrix. */
	pictures: readonly Picture[];
}

/** What another flow or connection may want to know of an item that is in Bitrix now. */
export const itemLink = ({ flow, goods, key, parentKey, bitrixId, values, pictures }: LinkedItem): Link => ({
	flow,
	type: goods.kind,
	key,
	moySkladId: goods.id,
	externalCode: goods.externalCode,
	bitrixId: String(bitrixId),
	parent: parentKey,
	written: writtenMarks(values),
	pictures: Object.fromEntries(pictures.map(({ id, updated }) => [id, updated])),
	snapshot: null,
});

/** What is remembered of a value that was written: enough to see that another one is wanted. */
const markOf = (value: FieldValue): string => fingerprint(JSON.stringify(value));

/** Marks of values, by target: equal for equal values, and telling nothing of what they are. */
export const writtenMarks = (values: FieldValues): Link['written'] => Object.fromEntries(Object.entries(values).map(([target, value]) => [target, markOf(value)]));
