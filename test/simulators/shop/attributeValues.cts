import type { Random } from '../kernel/random.cts';
import type { ShopAttribute, ShopFrame, ShopNamed } from './frame.cts';
import { picture, type ShopPicture } from './pictures.cts';
import { SENTENCES, TRICKY_TAILS } from './words.cts';

/** A reference to something of the frame, or to another good. */
export interface ShopReference {
	to: 'customentity' | 'employee' | 'counterparty' | 'organization' | 'store' | 'project' | 'contract' | 'product';
	key: string;
}

/** `moment` is milliseconds since 1970, on a whole minute. */
export type ShopAttributeValue = string | number | boolean | { moment: number } | { file: ShopPicture } | ShopReference;

const MINUTE = 60_000;
const FIRST_MOMENT = Date.UTC(2020, 0, 1);
const SHARE_FILLED = 0.4;

/** Values by attribute key. The first attribute («on the site») is always filled, others often not. */
export function attributeValues(random: Random, frame: ShopFrame, goodKey: string): Record<string, ShopAttributeValue> {
	const values: Record<string, ShopAttributeValue> = {};
	for (const [index, attribute] of frame.attributes.entries()) {
		if (index > 0 && !random.chance(SHARE_FILLED)) continue;
		const value = makeValue(random, frame, attribute, goodKey);
		if (value !== undefined) values[attribute.key] = value;
	}
	return values;
}

function makeValue(
	random: Random,
	frame: ShopFrame,
	attribute: ShopAttribute,
	goodKey: string,
): ShopAttributeValue | undefined {
	switch (attribute.type) {
		case 'string':
			return `${random.pick(TRICKY_TAILS)} ${random.integer(1, 999)}`;
		case 'text':
			return `${random.pick(SENTENCES)}\n${random.pick(SENTENCES)}`;
		case 'long':
			return random.integer(-5, 5000);
		case 'double':
			return random.integer(1, 99_999) / 100;
		case 'boolean':
			return random.chance(0.5);
		case 'time':
			return { moment: FIRST_MOMENT + random.integer(0, 3_000_000) * MINUTE };
		case 'link':
			return `https://example.com/item?id=${random.integer(1, 99_999)}&from=shop`;
		case 'file':
			return random.chance(0.1) ? { file: picture(`${goodKey} ${attribute.key}`, 'manual.png') } : undefined;
		case 'customentity':
			return reference(
				random,
				'customentity',
				frame.dictionaries.find(({ key }) => key === attribute.dictionary)?.elements ?? [],
			);
		case 'product':
			return { to: 'product', key: 'product-1' };
		case 'employee':
			return reference(random, 'employee', frame.employees);
		case 'counterparty':
			return reference(random, 'counterparty', frame.counterparties);
		case 'organization':
			return reference(random, 'organization', frame.organizations);
		case 'store':
			return reference(random, 'store', frame.stores);
		case 'project':
			return reference(random, 'project', frame.projects);
		case 'contract':
			return reference(random, 'contract', frame.contracts);
	}
}

function reference(random: Random, to: ShopReference['to'], among: ShopNamed[]): ShopReference | undefined {
	return among.length > 0 ? { to, key: random.pick(among).key } : undefined;
}
