"""Writes the networks as ONNX for the runtime: one text at a time, matrices as 7-bit integers.

Built node by node rather than exported, so that the file's bytes depend only on the weights. Matrix
products run as ``DynamicQuantizeLinear`` + ``MatMulInteger`` with one scale a column. Weights stay within
-63..63: the 16-bit intermediate sums of CPUs without VNNI can then not saturate, and every CPU gets the
same integers. There is no batch axis: an activation's range is that of one text, so a neighbour can never
change a result.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.e5 import Array

HIDDEN, LAYERS, HEADS, INNER = 384, 12, 12, 1536
EPSILON = 1e-12
MARKED_LAYER = 6
LIMIT = 63
OPSET = 20

State = Mapping[str, Array]


class Graph:
    """Collects nodes and weights; every method returns the name of the value that it makes."""

    def __init__(self, state: State, factors: State, *, quantized: bool) -> None:
        self.state = state
        self.factors = factors
        self.quantized = quantized
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._known: set[str] = set()

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        """Add a node with one output; ``many`` is for several."""
        return self.many(kind, *inputs, outputs=1, **attributes)[0]

    def many(self, kind: str, *inputs: str, outputs: int, **attributes: object) -> list[str]:
        """Add a node and name its outputs after its place."""
        names = [f"{kind.lower()}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """Add a stored tensor once."""
        if name not in self._known:
            self._known.add(name)
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """Add a float tensor of the state."""
        return self.constant(name, self.state[name].astype(np.float32))

    def linear(self, name: str, x: str, *, exact: bool = False) -> str:
        """x @ W.T + b, in integers unless ``exact``."""
        matrix = self.state[f"{name}.weight"].astype(np.float32).T
        if exact or not self.quantized:
            product = self.op("MatMul", x, self.constant(f"{name}.matrix", matrix))
        else:
            product = self._integer_product(name, x, matrix)
        return self.op("Add", product, self.weight(f"{name}.bias"))

    def _integer_product(self, name: str, x: str, matrix: Array) -> str:
        if name in self.factors:
            factor = self.factors[name]
            matrix = matrix * factor[:, None]
            x = self.op("Mul", x, self.constant(f"{name}.smooth", (1 / factor).astype(np.float32)))
        scale = np.maximum(np.abs(matrix).max(0), 1e-12) / LIMIT
        integers = np.clip(np.rint(matrix / scale), -LIMIT, LIMIT).astype(np.int8)
        codes, step, zero = self.many("DynamicQuantizeLinear", x, outputs=3)
        product = self.op("MatMulInteger", codes, self.constant(f"{name}.int8", integers), zero)
        steps = self.op("Mul", step, self.constant(f"{name}.scale", scale.astype(np.float32)))
        return self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT), steps)

    def norm(self, name: str, x: str) -> str:
        """Layer normalisation over the last axis."""
        return self.op(
            "LayerNormalization",
            x,
            self.weight(f"{name}.weight"),
            self.weight(f"{name}.bias"),
            axis=-1,
            epsilon=EPSILON,
        )

    def body(self, marks: str | None = None) -> str:
        """The twelve layers over ``vectors``; ``marks`` are added before layer ``MARKED_LAYER``."""
        x = self.embed_positions("vectors", self.weight("body.segment.weight"))
        for number in range(LAYERS):
            if marks and number == MARKED_LAYER:
                x = self.op("Add", x, marks)
            x = self._layer(f"body.layers.{number}", x)
        return x

    def embed_positions(self, vectors: str, kinds: str) -> str:
        """Add position and segment vectors and normalise."""
        length = self.op("Shape", vectors, start=0, end=1)
        start = self.constant("zero", np.array([0], np.int64))
        places = self.op("Slice", self.weight("body.position.weight"), start, length)
        return self.norm("body.norm", self.op("Add", self.op("Add", vectors, places), kinds))

    def _layer(self, name: str, x: str) -> str:
        q, k, v = self.many("Split", self.linear(f"{name}.qkv", x), outputs=3, axis=1, num_outputs=3)
        scaled = self.op(
            "Mul", self._heads(q, (1, 0, 2)), self.constant("root", np.float32((HIDDEN // HEADS) ** -0.5))
        )
        scores = self.op("MatMul", scaled, self._heads(k, (1, 2, 0)))
        mixed = self.op("MatMul", self.op("Softmax", scores, axis=-1), self._heads(v, (1, 0, 2)))
        flat_shape = self.constant("flat_shape", np.array([-1, HIDDEN], np.int64))
        flat = self.op("Reshape", self.op("Transpose", mixed, perm=[1, 0, 2]), flat_shape)
        x = self.norm(f"{name}.norm1", self.op("Add", x, self.linear(f"{name}.out", flat)))
        inner = self.op("Gelu", self.linear(f"{name}.up", x))
        return self.norm(f"{name}.norm2", self.op("Add", x, self.linear(f"{name}.down", inner)))

    def _heads(self, x: str, order: tuple[int, ...]) -> str:
        shape = self.constant("head_shape", np.array([-1, HEADS, HIDDEN // HEADS], np.int64))
        return self.op("Transpose", self.op("Reshape", x, shape), perm=list(order))

    def finish(
        self, inputs: list[onnx.ValueInfoProto], outputs: dict[str, str], shapes: dict[str, list[object]]
    ) -> bytes:
        """Return the model's bytes; ``outputs`` names each result after the value that carries it."""
        for public, value in outputs.items():
            self.nodes.append(helper.make_node("Identity", [value], [public]))
        infos = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shapes[n]) for n in outputs]
        graph = helper.make_graph(self.nodes, "touchstone", inputs, infos, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
        onnx.checker.check_model(model)
        content: bytes = model.SerializeToString(deterministic=True)
        return content


def embedder_graph(state: State, factors: State, *, quantized: bool = True) -> bytes:
    """ONNX of the embedder: ``vectors`` (length, 384) -> ``embedding`` (384), unit length."""
    graph = Graph(state, factors, quantized=quantized)
    x = graph.body()
    axes = graph.constant("axis0", np.array([0], np.int64))
    mean = graph.op("ReduceMean", x, axes, keepdims=0)
    unit = graph.op("Div", mean, graph.op("ReduceL2", mean, axes, keepdims=1))
    return graph.finish([_vectors()], {"embedding": unit}, {"embedding": [HIDDEN]})


def checker_graph(state: State, factors: State, *, quantized: bool = True) -> bytes:
    """ONNX of the checker: ``vectors`` (length, 384), ``segments`` (length) -> ``verdict`` (3) and ``token``
    (length), both logits.
    """
    graph = Graph(state, factors, quantized=quantized)
    x = graph.body(graph.op("Gather", graph.weight("mark.weight"), "segments"))
    pooled = graph.op("Tanh", graph.linear("dense", _pool(graph, x), exact=True))
    axis0 = graph.constant("axis0", np.array([0], np.int64))
    verdict = graph.op("Squeeze", graph.linear("verdict", pooled, exact=True), axis0)
    axis1 = graph.constant("axis1", np.array([1], np.int64))
    token = graph.op("Squeeze", graph.linear("token", x, exact=True), axis1)
    segments = helper.make_tensor_value_info("segments", TensorProto.INT64, ["length"])
    shapes: dict[str, list[object]] = {"verdict": [3], "token": ["length"]}
    return graph.finish([_vectors(), segments], {"verdict": verdict, "token": token}, shapes)


def _pool(graph: Graph, x: str) -> str:
    """First token beside the mean over the claim's tokens, (1, 768)."""
    claim = graph.op("Equal", "segments", graph.constant("claim", np.array([1], np.int64)))
    weights = graph.op("Cast", claim, to=TensorProto.FLOAT)
    axis0 = graph.constant("axis0", np.array([0], np.int64))
    share = graph.op("Div", weights, graph.op("ReduceSum", weights, axis0, keepdims=1))
    mean = graph.op("MatMul", graph.op("Unsqueeze", share, axis0), x)
    first = graph.op("Gather", x, axis0)
    return graph.op("Concat", first, mean, axis=1)


def _vectors() -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["length", HIDDEN])
