import { randomUUID } from 'node:crypto';
import { showState, type State } from '../engine/documentKinds.cts';
import type { Json } from '../engine/schema.cts';
import { fieldRefusal, refusal } from '../errors.cts';
import { byMethod, done, eachByItself, oneObject, ok, type ApiAnswer, type ApiRequest } from './api.cts';
import { found, requireAdmin } from './definitions.cts';

/** `/entity/<type>/metadata/states…`. */

const STATE_TYPES = ['Regular', 'Successful', 'Unsuccessful'];

export function stateRoute(
	entity: string,
	key: string | undefined,
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
	const { session, body } = request;
	const { account } = session;
	const keep = (state: State): Json => {
		const others = account.statesOf(entity).filter(({ id }) => id !== state.id);
		account.setStates(entity, [...others, state]);
		return showState(state, account.id, account.base);
	};
	if (key === undefined) {
		return byMethod(request, {
			POST: () => {
				requireAdmin(session, 1045);
				const make = (input: unknown): Json => keep(readState(entity, input));
				return Array.isArray(body) ? eachByItself(body as unknown[], make) : ok(make(body));
			},
		});
	}
	const state = found(account.statesOf(entity), key, 'state');
	return byMethod(request, {
		GET: () => ok(showState(state, account.id, account.base)),
		PUT: () => {
			requireAdmin(session, 1017);
			return ok(keep(readState(entity, body, state)));
		},
		DELETE: () => {
			requireAdmin(session, 1018);
			if (
				account
					.table(entity)
					.all()
					.some((row) => row.state === state.id)
			)
				throw refusal(1028);
			account.setStates(
				entity,
				account.statesOf(entity).filter(({ id }) => id !== state.id),
			);
			return done;
		},
	});
}

function readState(entity: string, input: unknown, before?: State): State {
	const {
		name = before?.name,
		color = before?.color ?? 15_106_326,
		stateType = before?.stateType ?? 'Regular',
	} = oneObject(input);
	if (typeof name !== 'string' || name === '') throw fieldRefusal(3000, 'name', 'name');
	if (typeof color !== 'number') throw fieldRefusal(2016, 'color', 'color', 'Int');
	if (typeof stateType !== 'string' || !STATE_TYPES.includes(stateType))
		throw fieldRefusal(3005, 'stateType', String(stateType), 'stateType', STATE_TYPES.join(', '));
	return { id: before?.id ?? randomUUID(), entity, name, color, stateType: stateType as State['stateType'] };
}
