import type { INodeParameters } from 'n8n-workflow';
import { chosen } from '../../n8n/workflowDraft.cts';
import { asPerson } from '../../simulators/moysklad/personEdits.cts';
import type { Installation } from '../installation.cts';
import { CANCELED, OWN_STATE, STATUS_PAIRS, type State } from './statuses.cts';

const GREEN = 0x4caf50;

/** The store of MoySklad and the states of customer orders, as their user chooses them in both templates of orders. Publishes them. */
export async function chooseStates(installation: Installation): Promise<void> {
	const { moySklad } = installation;
	if (!findState(moySklad, OWN_STATE)) await asPerson(moySklad.parts)('POST', 'entity/customerorder/metadata/states', { name: OWN_STATE, color: GREEN, stateType: 'Regular' });
	const row: INodeParameters[] = [
		{ when: 'canceled', state: chosen(stateId(installation, CANCELED)) },
		...STATUS_PAIRS.map(({ state, status }) => ({ when: 'status', status, state: chosen(stateId(installation, state)) })),
	];
	for (const number of ['05', '05b']) {
		await chooseIn(installation, number, 'To MoySklad', { store: chosen(installation.firstId('store')), stateMap: { row } });
		await installation.publish(number);
	}
}

/** Chooses parameters of a node of an imported template, as its user does in the editor; options that are not chosen anew stay. */
export async function chooseIn(installation: Installation, number: string, name: string, parameters: INodeParameters): Promise<void> {
	const workflow = installation.workflow(number);
	const node = workflow.nodes.find((one) => one.name === name);
	if (!node) throw new RangeError(`Template ${number} has no node ${name}`);
	const options = { ...(node.parameters.options as INodeParameters | undefined), ...(parameters.options as INodeParameters | undefined) };
	node.parameters = { ...node.parameters, ...parameters, options };
	await installation.api.update(workflow);
}

const findState = ({ account }: Installation['moySklad'], name: State) => account.statesOf('customerorder').find((one) => one.name === name);

export function stateId({ moySklad }: Installation, name: State): string {
	const state = findState(moySklad, name);
	if (!state) throw new RangeError(`MoySklad has no state ${name}`);
	return state.id;
}

export const paySystemId = ({ portal }: Installation['bitrix'], xmlId: string): string => String(portal.store.paySystems.all().find(({ XML_ID }) => XML_ID === xmlId)?.id);
