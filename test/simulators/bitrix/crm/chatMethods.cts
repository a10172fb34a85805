import type { User } from '../access/people.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { formatMoment } from '../wire/dates.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, asText, type Params } from '../wire/params.cts';
import { RestError } from '../wire/restError.cts';
import { legacyParams } from './calls.cts';
import type { ChatMessageRow, ChatRow } from './rows.cts';

/** Chats, as far as a notice needs them: those of the caller, and a message into one of them. */
export const chatMethods: Method[] = [
	{ name: 'im.recent.list', scope: 'im', right: 'any', run: recent },
	{ name: 'im.message.add', scope: 'im', right: 'any', run: (call) => ok(addMessage(call)) },
];

/** A conversation of the caller's, with its last message. */
interface Dialog {
	chat?: ChatRow;
	/** The other one of a dialog between two. */
	user?: User;
	last: ChatMessageRow | undefined;
}

const PAGE = 50;
const LONGEST_PAGE = 200;

/** The newest first. Pages by `OFFSET` and `LIMIT`; how many there are nobody counts. */
function recent({ portal, caller, params }: MethodCall): MethodResult {
	const given = legacyParams(params);
	const isOn = (name: string): boolean => asText(given[name]).toUpperCase() === 'Y';
	const chats = isOn('skip_chat') ? [] : groupsOf(portal, caller.user.id);
	const dialogs = isOn('skip_dialog') ? [] : dialogsOf(portal, caller.user.id);
	const all = [...chats, ...dialogs].sort((one, other) => dateOf(other) - dateOf(one));
	const limit = Math.min(asInteger(given.limit) || PAGE, LONGEST_PAGE);
	const offset = Math.max(0, asInteger(given.offset));
	const hasMore = all.length > offset + limit;
	const items = all.slice(offset, offset + limit).map(showDialog);
	return { result: { items, hasMorePages: hasMore, hasMore, messagesAutoDeleteConfigs: [] }, total: -1 };
}

const groupsOf = ({ store }: Portal, userId: number): Dialog[] =>
	store.chats
		.all()
		.filter(({ userIds }) => userIds.includes(userId))
		.map((chat) => ({ chat, last: store.chatMessages.where('dialog', `chat${chat.id}`).at(-1) }));

function dialogsOf({ store, users }: Portal, userId: number): Dialog[] {
	return users.flatMap((user) => {
		const last = store.chatMessages.where('dialog', pairKey(userId, user.id)).at(-1);
		return last ? [{ user, last }] : [];
	});
}

const dateOf = ({ chat, last }: Dialog): number => last?.date ?? chat?.created ?? 0;

const pairKey = (one: number, other: number): string => `${Math.min(one, other)}-${Math.max(one, other)}`;

/** A group's id is `chat13`, that of a dialog between two is the other user's number. */
function showDialog({ chat, user, last }: Dialog): Params {
	const title = chat?.title ?? `${user?.name ?? ''} ${user?.lastName ?? ''}`;
	return {
		id: chat ? `chat${chat.id}` : user?.id,
		chat_id: chat?.id ?? 0,
		type: chat ? 'chat' : 'user',
		avatar: { url: '', color: chat?.color ?? '#1eb4aa' },
		title,
		message: last
			? {
					id: last.id,
					text: last.text,
					file: false,
					author_id: last.authorId,
					date: formatMoment(last.date),
					status: 'received',
				}
			: { id: 0, text: '', file: false, author_id: 0, date: '', status: 'received' },
		counter: 0,
		pinned: false,
		unread: false,
		date_last_activity: last ? formatMoment(last.date) : null,
		...(chat && {
			chat: {
				id: chat.id,
				name: chat.title,
				owner: chat.owner,
				type: 'chat',
				entity_type: '',
				date_create: formatMoment(chat.created),
				message_type: 'C',
				user_counter: chat.userIds.length,
			},
		}),
		...(user && {
			user: { id: user.id, active: user.active, name: title, first_name: user.name, last_name: user.lastName },
		}),
		options: [],
	};
}

/** Only into chats that the caller is in, and to colleagues who are still there. */
function addMessage({ portal, caller, params }: MethodCall): number {
	const { dialog_id: dialogId, message, system } = legacyParams(params);
	const target = asText(dialogId);
	const chatId = /^chat(\d+)$/.exec(target)?.[1];
	if (target.startsWith('chat') && chatId === undefined) throw refuse('CHAT_ID_EMPTY', 'Chat ID can`t be empty');
	const userId = asInteger(target);
	if (chatId === undefined && userId <= 0) throw refuse('USER_ID_EMPTY', 'User ID can`t be empty');
	const text = asText(message);
	if (text.trim() === '') throw refuse('MESSAGE_EMPTY', 'Message can`t be empty');
	const isAllowed =
		chatId === undefined
			? portal.users.some(({ id, active }) => id === userId && active)
			: portal.store.chats.get(Number(chatId))?.userIds.includes(caller.user.id);
	if (!isAllowed) throw refuse('ACCESS_ERROR', 'You do not have access to the specified dialog');
	return portal.store.chatMessages.add({
		dialog: chatId === undefined ? pairKey(caller.user.id, userId) : `chat${chatId}`,
		authorId: caller.user.id,
		text,
		system: asText(system) === 'Y' ? 'Y' : 'N',
		date: portal.now(),
	}).id;
}

const refuse = (code: string, description: string): RestError => new RestError(code, description);
