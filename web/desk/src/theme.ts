import { type ThemeConfig, theme as antd } from 'antd'
import type { Colour } from './look'

/** The components in the colours of styles/tokens.css. */
export function theme(colour: Colour, dark: boolean, motion: boolean): ThemeConfig {
  return {
    algorithm: dark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      motion,
      colorPrimary: colour('--accent'),
      colorInfo: colour('--accent'),
      colorLink: colour('--accent'),
      colorSuccess: colour('--holds'),
      colorWarning: colour('--warns'),
      colorWarningBg: colour('--warns-soft'),
      colorWarningBorder: colour('--warns-line'),
      colorError: colour('--fails'),
      colorText: colour('--ink'),
      colorTextSecondary: colour('--muted'),
      colorTextDescription: colour('--muted'),
      colorTextPlaceholder: colour('--faint'),
      colorTextLightSolid: colour('--on-accent'),
      colorBgBase: colour('--paper'),
      colorBgContainer: colour('--paper'),
      colorBgElevated: colour('--paper'),
      colorBgLayout: colour('--ground'),
      colorBgSpotlight: colour('--ink'),
      colorBgMask: colour('--veil'),
      colorBorder: colour('--edge'),
      colorBorderSecondary: colour('--line'),
      borderRadius: 6,
      fontFamily: 'var(--font)',
      fontSize: 14,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
  }
}
