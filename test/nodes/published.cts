import type { IDataObject } from 'n8n-workflow';
import type { Engine } from '../n8n/engine.cts';

/** Publishes a trigger as n8n does: looks whether its hooks are there, and makes them if not. Gives the static data of the node. */
export async function published(engine: Engine, setup: Parameters<Engine['runHook']>[1]): Promise<IDataObject> {
	const checked = await engine.runHook('checkExists', setup);
	if (checked.result) return checked.staticData;
	return (await engine.runHook('create', { ...setup, staticData: checked.staticData })).staticData;
}
