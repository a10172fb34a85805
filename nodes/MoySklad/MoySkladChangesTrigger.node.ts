import { NodeConnectionTypes, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';
import { toNodeError } from '../shared/errors';
import { pollChanges } from './changes/polling';
import { changesTriggerProperties } from './changes/properties';

export class MoySkladChangesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MoySklad Changes Trigger',
		name: 'moySkladChangesTrigger',
		icon: { light: 'file:../../icons/moysklad.svg', dark: 'file:../../icons/moysklad.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["entities"]].flat().join(", ") }}',
		description: 'Starts the workflow when objects were changed or deleted in MoySklad, by looking again and again',
		eventTriggerDescription: 'Waiting for a change in MoySklad',
		activationMessage: 'What is changed in MoySklad from now on starts this workflow.',
		defaults: { name: 'MoySklad Changes Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'moySkladApi', required: true }],
		properties: changesTriggerProperties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			return await pollChanges(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
