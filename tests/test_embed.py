import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from encoders import HashEncoder

from factcheck.embed import Encoder, OnnxEncoder, SentenceTransformerEncoder
from factcheck.errors import MissingModel

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def onnx_encoder() -> OnnxEncoder:
    return OnnxEncoder.load()


class EncoderContract:
    """What every encoder promises; the double goes through the same checks as the real one."""

    def test_rows_follow_the_order_of_the_texts(self, encoder: Encoder):
        texts = [
            "a short one",
            "a very much longer text about ships, tides and harbours " * 4,
            "two words",
            "a short one",
        ]
        together = encoder.encode(texts)
        one_by_one = np.vstack([encoder.encode([text]) for text in texts])
        np.testing.assert_allclose(together, one_by_one, atol=2e-5)

    def test_rows_have_unit_length_and_are_float32(self, encoder: Encoder):
        vectors = encoder.encode(["ships", "tides and harbours"])
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1], atol=1e-5)

    def test_like_texts_are_nearer_than_unlike_ones(self, encoder: Encoder):
        near, query, far = encoder.encode(
            ["The harbour holds forty ships", "ships in the harbour", "bread needs yeast"]
        )
        assert near @ query > far @ query + 0.2

    def test_no_texts_give_no_rows(self, encoder: Encoder):
        assert encoder.encode([]).shape == (0, encoder.encode(["x"]).shape[1])


class TestHashEncoder(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return HashEncoder(512)


@pytest.mark.model
class TestOnnxEncoder(EncoderContract):
    @pytest.fixture
    def encoder(self, onnx_encoder) -> Encoder:
        return onnx_encoder

    def test_agrees_with_vectors_made_by_sentence_transformers(self, encoder: Encoder):
        texts = json.loads((DATA / "encoder_reference.json").read_text(encoding="utf-8"))
        wanted = np.load(DATA / "encoder_reference.npy")
        cosines = (encoder.encode(texts) * wanted).sum(axis=1)
        assert dict(zip(texts, cosines, strict=True)) == {text: pytest.approx(1.0, abs=0.001) for text in texts}

    def test_name_carries_the_digest_of_the_weights(self, encoder: Encoder):
        card = json.loads((Path(__file__).parents[1] / "models/encoder/card.json").read_text())
        assert encoder.name == f"all-MiniLM-L6-v2-fp16@{card['sha256'][:12]}"

    def test_loads_without_torch_or_sentence_transformers(self):
        program = (
            "import sys; from factcheck.embed import OnnxEncoder; OnnxEncoder.load().encode(['x']);"
            "print(sorted({'torch', 'sentence_transformers', 'transformers', 'pandas'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"


@pytest.mark.model
def test_another_model_is_loaded_through_sentence_transformers(tmp_path):
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ships", "tides", "bread"]
    (tmp_path / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "bert")
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(tmp_path / "bert")
    bert = Transformer(str(tmp_path / "bert"))
    SentenceTransformer(modules=[bert, Pooling(16)], device="cpu").save(str(tmp_path / "model"))

    encoder = SentenceTransformerEncoder.load(str(tmp_path / "model"))
    vectors = encoder.encode(["ships", "tides ships bread", "ships"])
    assert (vectors.shape, vectors.dtype, encoder.name) == ((3, 16), np.float32, str(tmp_path / "model"))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-5)
    assert encoder.encode([]).shape == (0, 16)


def test_missing_model_is_named(tmp_path):
    with pytest.raises(MissingModel, match=r"no encoder in .*install the package again"):
        OnnxEncoder.load(tmp_path)
