import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { BITRIX_EVENT_ENTITIES, type BitrixAction, type BitrixEventEntity } from '../../../core';
import { gatherForField, publicBaseUrlField, tellRefusedField } from '../../shared/webhooks/triggerFields';
import { LONGEST_GATHERING, type EventSource } from './settings';

const ACTION_NAMES: Record<BitrixAction, string> = { CREATE: 'Created', UPDATE: 'Updated', SAVE: 'Saved', DELETE: 'Deleted' };

const choices = (actions: readonly BitrixAction[]): INodePropertyOptions[] => actions.map((value) => ({ name: ACTION_NAMES[value], value }));

/** The objects of the portal's own events: all but what only the handler of a site knows. */
export const PORTAL_ENTITIES = BITRIX_EVENT_ENTITIES.filter(({ events }) => Object.keys(events).length > 0);
const SITE_ENTITIES = BITRIX_EVENT_ENTITIES.filter(({ onSite }) => onSite);

const keywords = (entities: readonly BitrixEventEntity[], action: BitrixAction): string[] =>
	entities.filter(({ actions }) => actions.includes(action)).map(({ keyword }) => keyword);

/** Of some objects Bitrix says whether they are new, of others only that they were saved. */
function actionFields(entities: readonly BitrixEventEntity[]): INodeProperties[] {
	const field = (actions: readonly BitrixAction[], shownFor: string[], description: string): INodeProperties => ({
		displayName: 'Actions',
		name: 'actions',
		type: 'multiOptions',
		displayOptions: { show: { entity: shownFor } },
		options: choices(actions),
		default: [...actions],
		description,
	});
	return [
		field(['CREATE', 'UPDATE', 'DELETE'], keywords(entities, 'CREATE'), 'Which changes are reported'),
		field(['SAVE', 'DELETE'], keywords(entities, 'SAVE'), 'Which changes are reported. Bitrix does not say whether what was saved is new.'),
	].filter(({ displayOptions }) => (displayOptions?.show?.entity?.length ?? 0) > 0);
}

/** Rows of objects with the actions that are wanted of them. */
export const eventRows = (entities: readonly BitrixEventEntity[], displayOptions?: INodeProperties['displayOptions']): INodeProperties => ({
	displayName: 'Events',
	name: 'events',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Object',
	...(displayOptions && { displayOptions }),
	default: { row: [{ entity: 'order', actions: ['SAVE', 'DELETE'] }] },
	description: 'The objects whose changes are received',
	options: [
		{
			displayName: 'Object',
			name: 'row',
			values: [
				{
					displayName: 'Object',
					name: 'entity',
					type: 'options',
					options: entities.map(({ name, keyword }) => ({ name, value: keyword })),
					default: 'order',
					description: 'The kind of object whose changes are reported',
				},
				...actionFields(entities),
			],
		},
	],
});

const notice = (source: EventSource, displayName: string): INodeProperties => ({
	displayName,
	name: `${source}Notice`,
	type: 'notice',
	displayOptions: { show: { source: [source] } },
	default: '',
});

const eventNames = PORTAL_ENTITIES.map(({ name, events }) => `${name}: ${Object.values(events).flat().join(', ')}`).join('<br>');

const bySource = (...sources: EventSource[]): INodeProperties['displayOptions'] => ({ show: { source: sources } });

/** Parameters of Bitrix Trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Online Events',
				value: 'onlineEvents',
				description: 'A local application of Bitrix24 (OAuth2): publishing registers the trigger for its events, unpublishing takes it out',
			},
			{
				name: 'Outgoing Webhook',
				value: 'outgoingWebhook',
				description: 'An outgoing webhook that an administrator of Bitrix24 makes by hand',
			},
			{
				name: 'Site Handler',
				value: 'siteHandler',
				description: 'The handler of this package on a 1C-Bitrix site, which has no events of its own',
			},
		],
		default: 'onlineEvents',
		description: 'Where the events come from. Bitrix sends nothing twice: pair the trigger with an export on a schedule, or use Bitrix Offline Events.',
	},
	notice(
		'outgoingWebhook',
		`In Bitrix24, under Developer Resources, add an outgoing webhook with the Production URL above as its handler. Choose the events of the rows below, save it, and copy its application token into the credential. Events by object:<br>${eventNames}`,
	),
	notice(
		'siteHandler',
		'Install the <a href="https://github.com/n8n-nodes-moysklad-bitrix/n8n-nodes-moysklad-bitrix/tree/main/docs/bitrix-site">handler for sites</a> on the site, with the Production URL above as its address and the secret of the credential. It reports orders, payments, shipments and users.',
	),
	eventRows(PORTAL_ENTITIES, bySource('onlineEvents', 'outgoingWebhook')),
	eventRows(SITE_ENTITIES, bySource('siteHandler')),
	publicBaseUrlField('Bitrix', bySource('onlineEvents')),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Accept Any Domain',
				name: 'anyDomain',
				type: 'boolean',
				displayOptions: { show: { '/source': ['outgoingWebhook'] } },
				default: false,
				description: 'Whether to take events that name another address of the portal than the credential, e.g. after it was renamed. The application token is checked all the same.',
			},
			gatherForField(LONGEST_GATHERING),
			tellRefusedField,
		],
	},
];
