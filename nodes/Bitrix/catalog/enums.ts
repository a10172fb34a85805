import { groupBy, readEnum, SyncError, type EnumValue, type MissingEnum, type Property } from '../../../core';
import { readAllRows } from '../../../transport';
import type { CatalogSession } from './session';
import { answeredRow } from './writing';

const ENUMS = { method: 'catalog.productPropertyEnum.list', rows: 'productPropertyEnums' };

/** Reads the variants of list properties that the rules use. */
export async function readEnums(session: CatalogSession, used: readonly Property[]): Promise<void> {
	const unread = used.filter(({ id, type, enums }) => id !== null && type === 'L' && enums === undefined);
	if (unread.length > 0) await readEnumsOf(session, unread);
}

async function readEnumsOf({ batches }: CatalogSession, properties: readonly Property[]): Promise<void> {
	const ids = properties.map(({ id }) => id);
	const values = (await readAllRows(batches, { ...ENUMS, parameters: { filter: { '@propertyId': ids } } })).map(readEnum);
	const byProperty = groupBy<EnumValue & { propertyId: number }, number>(values, ({ propertyId }) => propertyId);
	if ([...byProperty.keys()].some((id) => !ids.includes(id))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: ENUMS.method });
	for (const property of properties) property.enums = byProperty.get(property.id ?? 0) ?? [];
}

/** Beside its one value a list has a second, since Bitrix takes a list of one for a yes or no (trap T12). */
const FILLER = { value: '—', xmlId: 'ms_none' };

/** Makes the variants that list properties lack. Those that could not be made stay missing. */
export async function makeEnums(session: CatalogSession, missing: readonly MissingEnum[]): Promise<void> {
	const wanted = new Map(missing.map((one) => [`${one.property.id} ${one.value.trim().toLowerCase()}`, one]));
	const withFillers = [...groupBy(wanted.values(), ({ property }) => property)].flatMap(([property, some]) => {
		const isAlone = !property.multiple && (property.enums?.length ?? 0) + some.length === 1;
		return isAlone ? [...some, { property, ...FILLER }] : some;
	});
	await addEnums(session, withFillers);
}

/** Makes variants as they are given. Those that fail are looked for: somebody else may have made them, or a lost call did. */
export async function addEnums(session: CatalogSession, missing: readonly MissingEnum[]): Promise<void> {
	const commands = missing.map(({ property, value, xmlId }) => ({
		method: 'catalog.productPropertyEnum.add', parameters: { fields: { propertyId: property.id, value, xmlId } },
	}));
	const outcomes = await session.batches.each(commands, { repeatable: false });
	missing.forEach(({ property }, index) => {
		const row = answeredRow(outcomes[index], 'productPropertyEnum');
		if (row) (property.enums ??= []).push(readEnum(row));
	});
	const failed = missing.filter((_, index) => 'error' in (outcomes[index] ?? {}));
	if (failed.length > 0) await readEnumsOf(session, [...new Set(failed.map(({ property }) => property))]);
}
