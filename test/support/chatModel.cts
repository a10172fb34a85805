import type { AddressInfo } from 'node:net';
import fastify from 'fastify';

interface ToolCall {
	tool: string;
	arguments: Record<string, unknown>;
}

/** What of a request matters here. */
interface ChatRequest {
	model: string;
	messages: Array<{ role: string; content: string | null; tool_call_id?: string }>;
	tools?: Array<{ type: 'function'; function: { name: string; description: string; parameters: { properties: Record<string, unknown>; required?: string[] } } }>;
}

export type OfferedTool = NonNullable<ChatRequest['tools']>[number]['function'];

export interface ChatModel {
	/** Its base address, as OpenAI's `https://api.openai.com/v1` is. */
	url: string;
	/** What it does next: it calls a tool with each first message of a conversation. */
	wants: ToolCall | undefined;
	/** The tools that it was offered last. */
	offered: OfferedTool[];
	/** What tools answered, from the first to the last. */
	heard: string[];
	close(): Promise<void>;
}

/** A language model behind OpenAI's chat completions: calls the tool that it is told to, and repeats what the tool answered. */
export async function startChatModel(): Promise<ChatModel> {
	const app = fastify();
	const model: ChatModel = { url: '', wants: undefined, offered: [], heard: [], close: async () => await app.close() };
	let answers = 0;
	app.get('/v1/models', () => ({ object: 'list', data: [{ id: 'stand-in', object: 'model', created: 0, owned_by: 'tests' }] }));
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', ({ body }) => {
		model.offered = (body.tools ?? []).map((one) => one.function);
		const last = body.messages.at(-1);
		const toolHasAnswered = last?.role === 'tool';
		if (toolHasAnswered) model.heard.push(String(last.content));
		const message = toolHasAnswered || !model.wants ? { content: last?.content ?? '' } : { content: null, tool_calls: [calling(model.wants)] };
		answers += 1;
		return {
			id: `chatcmpl-${answers}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: body.model,
			choices: [{ index: 0, message: { role: 'assistant', refusal: null, ...message }, logprobs: null, finish_reason: message.content === null ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	await app.listen({ host: '127.0.0.1', port: 0 });
	model.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/v1`;
	return model;
}

const calling = ({ tool, arguments: values }: ToolCall): object => ({ id: `call_${tool}`, type: 'function', function: { name: tool, arguments: JSON.stringify(values) } });
