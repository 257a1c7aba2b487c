export type { Channel, ChannelSender, OnCallMail, QueueCalls } from './channel.ts';
export { findChannel, listEnabledChannels, noteAccepted, noteFailure } from './channel-queries.ts';
export { type ChannelsModule, type ChannelsOptions, createChannels } from './channels-module.ts';
export type { Notice, NoticedAlert, NoticeUrls, OutgoingMessage } from './notice.ts';
