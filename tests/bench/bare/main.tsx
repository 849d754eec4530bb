import { applyNodeChanges, type Edge, type Node, ReactFlow } from '@xyflow/react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '@xyflow/react/dist/style.css';

/** A graph as React Flow draws it by itself: default nodes, default edges, a text on each edge. */
export interface BareGraph {
  readonly nodes: Node[];
  readonly edges: Edge[];
}

declare global {
  interface Window {
    /** Shows a graph, and resolves once it is drawn. */
    showBare(graph: BareGraph): void;
    /** Animates one edge and writes its text, as a film would, with what React Flow offers. */
    stepBare(at: number): void;
    /** Writes another text on every edge, all at once. */
    relabelBare(text: string): void;
  }
}

function Bare() {
  const [graph, setGraph] = useState<BareGraph>({ nodes: [], edges: [] });
  window.showBare = setGraph;
  window.stepBare = (at) =>
    setGraph(({ nodes, edges }) => ({
      nodes,
      edges: edges.map((edge, index) => {
        if (index === at) return { ...edge, animated: true, label: `${index}.5` };
        return edge.animated ? { ...edge, animated: false } : edge;
      }),
    }));
  window.relabelBare = (label) =>
    flushSync(() =>
      setGraph(({ nodes, edges }) => ({ nodes, edges: edges.map((edge) => ({ ...edge, label })) })),
    );
  return (
    <ReactFlow
      key={graph.nodes.length}
      {...graph}
      onNodesChange={(changes) =>
        setGraph(({ nodes, edges }) => ({ nodes: applyNodeChanges(changes, nodes), edges }))
      }
      minZoom={0.05}
      fitView
    />
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Bare />);
