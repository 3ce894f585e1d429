// What the API answers: docs/serve.md.
#include <gmock/gmock.h>

#include <numeric>

#include "digits/model_file.h"
#include "tests/digits/server/running_server.h"

namespace antler::digits {
namespace {

using testing::HasSubstr;

TEST(Api, TellsWhatThereIs) {
  const RunningServer server;
  const Json status = server.get("/api/status").json;
  EXPECT_EQ(status["model"], "given");
  EXPECT_EQ(status["models"].size(), 1U);
  EXPECT_EQ(status["data"], "train.csv");
  EXPECT_THAT(status["recipes"], testing::Contains("lesson"));
}

TEST(Api, ReadsADigitAsTheModelDoes) {
  const RunningServer server;
  const auto answer = server.post("/api/predict", stroke_request());
  ASSERT_EQ(answer.status, 200);
  const auto pixels = answer.json["pixels"].get<std::vector<int>>();
  Tensor image({1, 28, 28, 1});
  std::ranges::transform(pixels, image.data(), [](int pixel) { return static_cast<float>(pixel) / 255.0F; });
  const Tensor expected = load_digit_model(server.folder() / "given.h5").predict(image);
  for (int digit = 0; digit < 10; ++digit)
    EXPECT_NEAR(answer.json["probabilities"][static_cast<size_t>(digit)].get<float>(), expected[digit],
                2e-3F);
}

TEST(Api, GivesManyVisitorsAtATimeWhatItGivesEach) {
  const RunningServer server;
  const Json alone = server.post("/api/predict", stroke_request()).json["probabilities"];
  std::vector<std::thread> visitors;
  std::atomic<int> alike = 0;
  for (int i = 0; i < 24; ++i) {
    visitors.emplace_back([&] {
      for (int turn = 0; turn < 5; ++turn) {
        const Json together = server.post("/api/predict", stroke_request()).json["probabilities"];
        double difference = 0.0;
        for (size_t digit = 0; digit < 10; ++digit)
          difference += std::abs(together[digit].get<double>() - alone[digit].get<double>());
        if (difference < 1e-5) ++alike;
      }
    });
  }
  for (std::thread& visitor : visitors) visitor.join();
  EXPECT_EQ(alike, 120);
}

TEST(Api, ShowsWhatEachLayerSees) {
  const RunningServer server;
  const Json layers = server.post("/api/layers", stroke_request()).json["layers"];
  ASSERT_EQ(layers.size(), 3U);
  EXPECT_EQ(layers[0]["class"], "Flatten");
  EXPECT_EQ(layers[2]["class"], "Activation");
  EXPECT_EQ(layers[2]["shape"], Json::parse("[10]"));
  EXPECT_EQ(layers[2]["pixels"].size(), 10U);
  EXPECT_EQ(*std::ranges::max_element(layers[2]["pixels"]), 255);
}

TEST(Api, DescribesTheModel) {
  const RunningServer server;
  const Json model = server.get("/api/model").json;
  EXPECT_EQ(model["name"], "given.h5");
  EXPECT_EQ(model["parameters"], 7850);
  EXPECT_THAT(model["summary"].get<std::string>(), HasSubstr("Total params"));
  const auto diagram = httplib::Client("127.0.0.1", server.port()).Get("/api/model/diagram.svg");
  EXPECT_THAT(diagram->body, HasSubstr("<svg"));
}

TEST(Api, ServesThePageAndAllItNeeds) {
  const RunningServer server;
  httplib::Client client("127.0.0.1", server.port());
  const auto page = client.Get("/");
  ASSERT_TRUE(page);
  EXPECT_THAT(page->body, HasSubstr("app.js"));
  EXPECT_THAT(page->get_header_value("Content-Security-Policy"), HasSubstr("default-src 'self'"));
  for (const char* file : {"/app.js", "/style.css", "/chart.js", "/icon.svg"})
    EXPECT_EQ(client.Get(file)->status, 200) << file;
}

TEST(Api, TrainsAndLendsTheKeptModel) {
  const RunningServer server;
  EXPECT_EQ(server.post("/api/model", R"({"id": "kept"})").status, 409);
  ASSERT_EQ(server.post("/api/training", R"({"recipe": "lesson", "epochs": 2})").status, 200);
  const Json run = server.wait_while("/api/training", {"preparing", "running"});
  EXPECT_EQ(run["state"], "finished") << run;
  EXPECT_EQ(run["history"].size(), 2U);
  EXPECT_TRUE(run["history"][1].contains("val_accuracy"));
  EXPECT_FALSE(run["points"].empty());
  EXPECT_EQ(run["wrong"]["of"], 12);  // a fifth of 60 is held out
  const auto used = server.post("/api/model", R"({"id": "kept"})");
  EXPECT_EQ(used.json["parameters"], 1886354);
  EXPECT_EQ(server.get("/api/status").json["model"], "kept");
}

TEST(Api, StopsATrainingAndKeepsTheModel) {
  const RunningServer server;
  EXPECT_EQ(server.post("/api/training/stop", "{}").status, 409);
  ASSERT_EQ(server.post("/api/training", R"({"recipe": "lesson", "epochs": 1000})").status, 200);
  EXPECT_EQ(server.post("/api/training", R"({"recipe": "lesson", "epochs": 1})").status, 409);
  server.wait_while("/api/training", {"preparing"});
  ASSERT_EQ(server.post("/api/training/stop", "{}").status, 200);
  const Json run = server.wait_while("/api/training", {"running", "stopping"});
  EXPECT_EQ(run["state"], "stopped") << run;
  EXPECT_TRUE(server.folder().has("kept.h5"));
  EXPECT_LT(run["epoch"], 1000);
}

TEST(Api, TrainsAnEnsembleAndLendsItsMembersTogether) {
  const RunningServer server;
  EXPECT_EQ(server.post("/api/training", R"({"recipe": "ensemble", "epochs": 1})").status, 400);
  EXPECT_EQ(server.post("/api/training", R"({"recipe": "ensemble", "epochs": 1, "members": 0})").status, 400);
  for (int turn = 0; turn < 2; ++turn) {  // the second takes the place of the first
    ASSERT_EQ(server.post("/api/training", R"({"recipe": "ensemble", "epochs": 1, "members": 2})").status,
              200);
    const Json run = server.wait_while("/api/training", {"preparing", "running"});
    EXPECT_EQ(run["state"], "finished") << run;
    EXPECT_EQ(run["member"], 2);
    EXPECT_EQ(run["members"], 2);
    EXPECT_TRUE(run["together"].is_number());
    EXPECT_EQ(run["history"].size(), 1U);
  }
  EXPECT_TRUE(server.folder().has("kept_ensemble/member-02.keras"));
  const Json model = server.post("/api/model", R"({"id": "kept"})").json;
  EXPECT_EQ(model["name"], "kept_ensemble");
  EXPECT_EQ(model["networks"], 2);

  const auto answer = server.post("/api/predict", stroke_request());
  const auto pixels = answer.json["pixels"].get<std::vector<int>>();
  Tensor image({1, 28, 28, 1});
  std::ranges::transform(pixels, image.data(), [](int pixel) { return static_cast<float>(pixel) / 255.0F; });
  const Tensor expected = predict_with_all({server.folder() / "kept_ensemble"}, image, {}).probabilities;
  for (int digit = 0; digit < 10; ++digit)
    EXPECT_NEAR(answer.json["probabilities"][static_cast<size_t>(digit)].get<float>(), expected[digit],
                2e-3F);
}

TEST(Api, KeepsTheFirstMemberOfAnEnsembleThatIsStopped) {
  const RunningServer server;
  ASSERT_EQ(server.post("/api/training", R"({"recipe": "ensemble", "epochs": 1000, "members": 3})").status,
            200);
  server.wait_while("/api/training", {"preparing"});
  ASSERT_EQ(server.post("/api/training/stop", "{}").status, 200);
  const Json run = server.wait_while("/api/training", {"running", "stopping"});
  EXPECT_EQ(run["state"], "stopped") << run;
  EXPECT_EQ(run["member"], 1);
  EXPECT_EQ(server.post("/api/model", R"({"id": "kept"})").json["networks"], 1);
}

TEST(Api, ReadsWithTheModelOfTheProgramWhereNoneIsNamed) {
  const TemporaryFolder folder;
  server::Application application({.model = {}, .kept = folder / "kept.h5"});
  EXPECT_EQ(application.model()["name"], "antler's own model");
  EXPECT_EQ(application.predict(Json::parse(stroke_request()))["probabilities"].size(), 10U);
}

TEST(Api, EndsInTheMiddleOfATraining) {
  const RunningServer server;
  server.post("/api/training", R"({"recipe": "lesson", "epochs": 1000})");
}

TEST(Api, JudgesTheModel) {
  const RunningServer server;
  ASSERT_EQ(server.post("/api/results", "{}").status, 200);
  const Json results = server.wait_while("/api/results", {"running"});
  ASSERT_EQ(results["state"], "done") << results;
  int count = 0;
  int right = 0;
  for (size_t label = 0; label < 10; ++label) {
    for (const Json& cell : results["confusion"][label]) count += cell.get<int>();
    right += results["confusion"][label][label].get<int>();
  }
  EXPECT_EQ(count, 60);
  EXPECT_EQ(results["wrong"], 60 - right);
  EXPECT_NEAR(results["accuracy"].get<double>(), right / 60.0, 1e-9);
  EXPECT_EQ(results["least_certain"].size(), 60U);
  for (const Json& mistake : results["mistakes"]) EXPECT_NE(mistake["label"], mistake["digit"]);
}

}  // namespace
}  // namespace antler::digits
