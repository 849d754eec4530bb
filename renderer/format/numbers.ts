export {
  blackboard,
  defaultDisplay,
  digitChoices,
  displayBy,
  formatCount,
  formatDecimals,
  formatNumber,
  formatPercent,
  type NumberDisplay,
  Numbers,
} from '#trace';
