import { wait } from '../../kernel/clock.cts';
import type { Counters } from '../../kernel/counters.cts';
import type { Caller } from '../access/callers.cts';
import type { Portal } from '../portal.cts';
import type { FileResult, MethodResult, Timing } from '../wire/envelope.cts';
import type { Params } from '../wire/params.cts';
import { accessDenied, methodNotFound, RestError } from '../wire/restError.cts';
import { runBatch } from './batch.cts';
import { hasScope } from './commonMethods.cts';
import { checkParameters, type Method } from './method.cts';
import type { Registry } from './registry.cts';

export interface Outcome {
	result: MethodResult | FileResult;
	timing: Timing;
}

/** A single request may take no longer than this in the cloud; then its gateway answers. */
const REQUEST_LIMIT_SECONDS = 60;

/** The request took too long: what was done so far stays done. */
export class GatewayTimeout extends Error {}

/** Calls methods on behalf of a caller: existence, scope, rights, operating time, parameters. */
export class Runner {
	constructor(
		readonly portal: Portal,
		readonly registry: Registry,
		private readonly counters: Counters,
	) {}

	/** Runs what one request asks for. */
	async run(name: string, params: Params, caller: Caller): Promise<Outcome> {
		if (name.toLowerCase() === 'batch') {
			if (this.portal.operating?.billsBatch) this.checkOperating(caller, 'batch');
			return await runBatch(this, params, caller);
		}
		const outcome = this.runMethod(name, params, caller);
		this.checkRequestTime(outcome.timing.processing);
		return outcome;
	}

	/** One method, called for itself or by a batch. Seconds of work are billed to `billedTo`. */
	runMethod(name: string, params: Params, caller: Caller, billedTo = this.registry.nameOf(name)): Outcome {
		const start = this.portal.clock.now();
		const method = this.registry.find(name);
		if (!method) throw methodNotFound();
		this.checkAccess(method, caller);
		this.checkOperating(caller, billedTo);
		checkParameters(method, params);
		let processing = this.portal.operating?.costOf(method.name) ?? 0;
		try {
			const result = method.run({ portal: this.portal, caller, params });
			if ('work' in result) processing += result.work ?? 0;
			return { result, timing: this.timing(start, processing, caller, billedTo, processing) };
		} finally {
			this.portal.operating?.spend(caller.key, billedTo, start, processing);
		}
	}

	/** Counts a command of a batch apart from the calls, and lets its time pass. */
	async countCommand(name: string, status: number): Promise<void> {
		this.counters.route(`batch > ${this.registry.nameOf(name)}`, status);
		const { commandCostMilliseconds } = this.portal.options;
		if (commandCostMilliseconds > 0) await wait(commandCostMilliseconds);
	}

	/** Throws when the work of one request exceeds what the cloud's gateway waits for. */
	checkRequestTime(seconds: number): void {
		if (this.portal.edition === 'cloud' && seconds > REQUEST_LIMIT_SECONDS) throw new GatewayTimeout();
	}

	/** `unbilled`: seconds that are not in the method's account yet. */
	timing(start: number, processing: number, caller: Caller, method: string, unbilled = 0): Timing {
		const { clock, operating } = this.portal;
		const spent = operating?.state(caller.key, method, start);
		return {
			start,
			finish: clock.now(),
			processing,
			...(spent && { operating: { ...spent, seconds: spent.seconds + unbilled } }),
		};
	}

	private checkAccess(method: Method, caller: Caller): void {
		const { switches } = this.portal;
		if (method.scope !== '' && !hasScope(caller.scopes, method.scope)) {
			throw new RestError(
				'insufficient_scope',
				'The request requires higher privileges than provided by the access token',
				403,
			);
		}
		if (method.application && caller.kind !== 'application')
			throw new RestError('WRONG_AUTH_TYPE', 'Current authorization type is denied for this method', 403);
		const refusal = switches.refusals.find(({ method: pattern }) => new RegExp(pattern, 'i').test(method.name));
		if (refusal) throw new RestError(refusal.error, refusal.error, refusal.status);
		if (switches.denied.includes(method.name)) throw new RestError('METHOD_CONFIRM_DENIED', 'Method call was denied', 403);
		if (switches.waiting.includes(method.name))
			throw new RestError('METHOD_CONFIRM_WAITING', 'Waiting for confirmation', 401);
		if (
			caller.user.rights.includes(method.right) &&
			!(method.ofSettings && this.portal.edition === 'site' && !caller.user.admin)
		)
			return;
		if (method.denied) throw method.denied();
		throw method.scope === 'pay_system'
			? new RestError('ACCESS_DENIED', 'Access denied!', 403)
			: accessDenied(method.right.endsWith('.read') ? 200040300010 : 200040300020);
	}

	private checkOperating(caller: Caller, method: string): void {
		const { operating, clock } = this.portal;
		if (!operating?.isExhausted(caller.key, method, clock.now())) return;
		this.counters.refused();
		throw new RestError('OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', 429);
	}
}
