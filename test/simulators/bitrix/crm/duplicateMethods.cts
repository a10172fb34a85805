import { ok, type Method, type MethodCall } from '../methods/method.cts';
import { asList, asText, type Params } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import { legacyParams } from './calls.cts';
import { COMPANY, CONTACT, LEAD } from './entities.cts';
import { communicationKey } from './multifields.cts';

const MOST_VALUES = 20;
/** So many of one kind, and the kinds after it are not looked for. */
const ENOUGH = 20;

const KINDS = [
	['LEAD', LEAD],
	['CONTACT', CONTACT],
	['COMPANY', COMPANY],
] as const;

/** Who has one of these phones or e-mails: ids by kind; kinds without any are left out. */
export const duplicateMethods: Method[] = [
	{
		name: 'crm.duplicate.findbycomm',
		scope: 'crm',
		right: 'crm.read',
		denied: () => new RestError('', 'Access denied.', 403),
		run: (call) => ok(find(call)),
	},
];

/** The sheet does not say what becomes of more than twenty values: here the rest is left out. */
function find({ portal, params }: MethodCall): Params {
	const { type, values, entity_type: wanted } = legacyParams(params);
	const typeId = asText(type).toUpperCase();
	if (typeId === '') throw plainError('Communication type is not defined.');
	if (typeId !== 'PHONE' && typeId !== 'EMAIL')
		throw plainError(`Communication type '${typeId}' is not supported in current context.`);
	const given = asList(values);
	if (!given || given.length === 0) throw plainError('Communication values is not defined.');
	const keys = given.slice(0, MOST_VALUES).map((value) => communicationKey(typeId, asText(value)));
	const owners = portal.store.multifields.where('communication', ...keys).map(({ owner }) => owner.split(':').map(Number));
	const found: Params = {};
	for (const [name, { entityTypeId }] of KINDS) {
		if (wanted !== undefined && asText(wanted).toUpperCase() !== name) continue;
		const ids = [...new Set(owners.filter(([kind]) => kind === entityTypeId).map(([, id]) => id))];
		if (ids.length > 0) found[name] = ids;
		if (ids.length >= ENOUGH) break;
	}
	return found;
}
