import type { IExecuteFunctions } from 'n8n-workflow';

/** Something that all items of one run of the node share, such as what was read already. Made when it is first asked for. */
export function oncePerRun<Shared>(make: (context: IExecuteFunctions) => Promise<Shared>): (context: IExecuteFunctions) => Promise<Shared> {
	const made = new WeakMap<IExecuteFunctions, Promise<Shared>>();
	return async (context) => {
		const shared = made.get(context) ?? make(context);
		made.set(context, shared);
		return await shared;
	};
}
