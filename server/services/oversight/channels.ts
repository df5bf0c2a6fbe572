const TITLES: Readonly<Record<string, string>> = { online: '线上', window: '窗口', platform: '平台' }

/** What a way in is called; its code where it has no name. */
export const channelTitle = (channel: string): string => TITLES[channel] ?? channel
