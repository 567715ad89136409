import type { ThemeConfig } from 'antd'

export const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'

export const INK = '#17252d'
export const MUTED = '#52636d'
export const LINE = '#dde4e8'
export const ACCENT = '#0b5c7d'

/** One accent colour; everything else is ink on paper. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: ACCENT,
    colorLink: ACCENT,
    colorText: INK,
    colorTextSecondary: MUTED,
    colorTextDescription: MUTED,
    colorTextPlaceholder: '#61717b',
    colorBorder: '#b9c5cc',
    borderRadius: 6,
    fontFamily: FONT,
    fontSize: 14,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
}
