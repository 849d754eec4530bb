import { CircleX, Lightbulb, TriangleAlert } from 'lucide-react';
import type { Diagnosis } from '#diagnose';

const icons = { error: CircleX, warning: TriangleAlert, hint: Lightbulb };

interface SeverityIconProps {
  readonly severity: Diagnosis['severity'];
  readonly size?: number;
}

/** How grave something is, by form as well as by colour. */
export function SeverityIcon({ severity, size = 15 }: SeverityIconProps) {
  const Icon = icons[severity];
  return <Icon size={size} className="severity" data-severity={severity} aria-hidden="true" />;
}
