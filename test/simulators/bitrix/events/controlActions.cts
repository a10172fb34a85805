import type { Portal } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import type { DeliveryFaults } from './deliveries.cts';

interface Announcement {
	entity: string;
	action: Change['action'];
	id: number;
}

/**
 * Control actions of events:
 * - `POST outgoing-webhooks {url, events}` as a person makes one by hand; gives its token
 * - `GET event-handlers`: who is registered for what
 * - `GET event-deliveries`, `DELETE event-deliveries`, `POST event-deliveries/flush` (until nothing is under way)
 * - `PUT event-deliveries/faults {lost?, duplicated?, late?, lateMilliseconds?, delayMilliseconds?}`; what is left out is off
 * - `GET offline-events`: what waits to be fetched
 * - `POST change {entity, action, id}`: announces the change of an object that the simulator does not keep
 */
export function eventActions(portal: Portal): Record<string, (body: unknown) => unknown> {
	const { events } = portal;
	return {
		'POST outgoing-webhooks': (body) => {
			const { url, events: names } = body as { url: string; events: string[] };
			return events.addOutgoingWebhook(url, names);
		},
		'GET event-handlers': () => events.handlers.all(),
		'GET event-deliveries': () => events.deliveries.log,
		'DELETE event-deliveries': () => void events.deliveries.log.splice(0),
		'POST event-deliveries/flush': async () => await events.deliveries.flush(),
		'PUT event-deliveries/faults': (body) => events.deliveries.setFaults(body as Partial<DeliveryFaults>),
		'GET offline-events': () => events.offline.table.all(),
		'POST change': (body) => {
			const { entity, action, id } = body as Announcement;
			portal.announce(entity, action, id, 'person');
		},
	};
}
