import type { User } from '../access/people.cts';
import type { FieldTable } from '../fields/fieldTable.cts';
import { listRows, type ListSource } from '../fields/list.cts';
import { Table } from '../store/table.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asText, isMap, type Params } from '../wire/params.cts';
import { ok, type Method, type MethodCall } from './method.cts';

/** Users over REST: on a plain site these methods do not exist. */
export const userMethods: Method[] = [
	{ name: 'user.current', scope: 'user', right: 'any', run: ({ caller }) => ok(showUser(caller.user)) },
	{ name: 'user.get', scope: 'user', right: 'any', run: listUsers },
];

const USER_FIELDS: FieldTable = {
	ID: { type: 'integer' },
	ACTIVE: { type: 'char' },
	NAME: { type: 'string' },
	LAST_NAME: { type: 'string' },
	EMAIL: { type: 'string' },
	WORK_POSITION: { type: 'string' },
	USER_TYPE: { type: 'char' },
	NAME_SEARCH: { type: 'string' },
};

/** Filters stand in `FILTER`, or beside it; the order is one field with a direction. */
function listUsers({ portal, params }: MethodCall): MethodResult {
	const given = new Map(Object.entries(params).map(([name, value]) => [name.toUpperCase(), value]));
	const inner = given.get('FILTER');
	const beside = Object.fromEntries([...given].filter(([name]) => Object.hasOwn(USER_FIELDS, name)));
	const filter = Object.entries({ ...beside, ...(isMap(inner) ? inner : {}) }).map(readCondition);
	const table = new Table<User>();
	for (const user of portal.users) table.add(user);
	const source: ListSource<User> = {
		table,
		fields: USER_FIELDS,
		dialect: 'orm',
		indexes: { ID: 'id' },
		value: valueOf,
		show: showUser,
	};
	return listRows(source, {
		filter: Object.fromEntries(filter),
		order: { [asText(given.get('SORT')) || 'ID']: asText(given.get('ORDER')) || 'ASC' },
		start: given.get('START'),
	});
}

/** A name with `%` is a mask; a search looks in all parts of the name; flags come in all forms. */
function readCondition([key, value]: [string, unknown]): [string, unknown] {
	if (key === 'ACTIVE') return [key, value === true || /^(1|y|true)$/i.test(asText(value)) ? 'Y' : 'N'];
	if (key === 'NAME_SEARCH') return ['%NAME_SEARCH', value];
	return /^\w/.test(key) && asText(value).includes('%') ? [`=%${key}`, value] : [key, value];
}

function valueOf({ id, active, name, lastName, email, position = '' }: User, field: string): unknown {
	const values: Params = {
		ID: id,
		ACTIVE: active ? 'Y' : 'N',
		NAME: name,
		LAST_NAME: lastName,
		EMAIL: email,
		WORK_POSITION: position,
		USER_TYPE: 'employee',
		NAME_SEARCH: `${name} ${lastName} ${email} ${position}`,
	};
	return values[field];
}

const showUser = ({ id, active, name, lastName, email, position = '' }: User): Params => ({
	ID: String(id),
	ACTIVE: active,
	NAME: name,
	LAST_NAME: lastName,
	SECOND_NAME: '',
	EMAIL: email,
	IS_ONLINE: 'N',
	TIME_ZONE_OFFSET: '0',
	WORK_POSITION: position,
	USER_TYPE: 'employee',
});
